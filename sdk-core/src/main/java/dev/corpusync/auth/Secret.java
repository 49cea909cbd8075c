package dev.corpusync.auth;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/**
 * A token or password. It cannot be printed, compared or serialised, and what holds it can be: its
 * field is masked with a key of this process, so a serialiser that reads private fields, or a look
 * into memory, finds nothing of use in it. Only the HTTP adapter reveals it, to its own origin
 * (P11).
 *
 * @since 0.1
 */
public final class Secret {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final byte[] MASK_KEY = random(32);
  private static final int NONCE = 16;

  /** A nonce and the masked value. Transient: most serialisers leave it out altogether. */
  private final transient byte[] masked;

  private Secret(byte[] masked) {
    this.masked = masked;
  }

  public static Secret of(String value) {
    byte[] plain = value.getBytes(StandardCharsets.UTF_8);
    byte[] nonce = random(NONCE);
    byte[] masked = ByteBuffer.allocate(NONCE + plain.length).put(nonce).put(plain).array();
    mask(masked);
    return new Secret(masked);
  }

  /** Returns the value. Never store, log or compare it. */
  public String reveal() {
    byte[] plain = masked.clone();
    mask(plain);
    return new String(plain, NONCE, plain.length - NONCE, StandardCharsets.UTF_8);
  }

  /** Masks what follows the nonce, or takes the mask off again. */
  private static void mask(byte[] value) {
    MessageDigest digest = sha256();
    for (int at = NONCE; at < value.length; at += digest.getDigestLength()) {
      digest.update(MASK_KEY);
      digest.update(value, 0, NONCE);
      byte[] mask = digest.digest(ByteBuffer.allocate(Integer.BYTES).putInt(at).array());
      for (int i = 0; i < mask.length && at + i < value.length; i++) {
        value[at + i] ^= mask[i];
      }
    }
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    // The JDK's own chance, and not the one that tests inject: a mask must not be guessed.
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "***";
  }
}
