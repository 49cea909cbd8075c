package dev.corpusync.document;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * SHA-256 in hex, by which two states of a record are told apart.
 *
 * @since 0.1
 */
public final class Hash {
  private static final MessageDigest FRESH = fresh();

  /** One for each thread: a new one costs more memory than what is hashed. */
  private static final ThreadLocal<MessageDigest> OWN = ThreadLocal.withInitial(Hash::sha256);

  private Hash() {}

  /** Returns the hash of a text in UTF-8. */
  public static String of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Returns the hash of several texts in their order. Each goes in with its length, so that no two
   * different lists hash the same input.
   */
  public static String of(List<String> texts) {
    MessageDigest digest = own();
    for (String text : texts) {
      // By char: in UTF-8, all halves of surrogate pairs are one question mark.
      ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + text.length() * Character.BYTES);
      bytes.putInt(text.length()).asCharBuffer().put(text);
      digest.update(bytes.array());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Returns the hash of some bytes. */
  public static String of(byte[] bytes) {
    return of(bytes, 0, bytes.length);
  }

  /** Returns the hash of a part of some bytes. */
  public static String of(byte[] bytes, int offset, int length) {
    MessageDigest digest = own();
    digest.update(bytes, offset, length);
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Returns a new digest, to hash a part of a buffer or several pieces without a copy. */
  public static MessageDigest sha256() {
    try {
      // A copy costs a fraction of looking the algorithm up.
      return (MessageDigest) FRESH.clone();
    } catch (CloneNotSupportedException e) {
      return fresh();
    }
  }

  /** Whatever a call that failed has left in it is gone. */
  private static MessageDigest own() {
    MessageDigest digest = OWN.get();
    digest.reset();
    return digest;
  }

  private static MessageDigest fresh() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
