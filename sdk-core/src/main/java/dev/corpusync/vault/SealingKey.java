package dev.corpusync.vault;

import dev.corpusync.auth.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key of 256 bits with the id under which sealed values refer to it. Cannot be printed.
 *
 * @since 0.1
 */
public final class SealingKey {
  static final int BYTES = 32;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,100}");
  private final String id;
  private final Secret key;

  private SealingKey(String id, Secret key) {
    this.id = id;
    this.key = key;
  }

  /**
   * Creates a key from its bytes.
   *
   * @param bytes 32 of them, copied
   */
  public static SealingKey of(String id, byte[] bytes) {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "a sealing key needs an id of 1 to 100 letters, digits, dots, dashes and underscores");
    }
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException(
          "the sealing key '" + id + "' has " + bytes.length + " bytes, it must have " + BYTES);
    }
    return new SealingKey(id, Secret.of(Base64.getEncoder().encodeToString(bytes)));
  }

  /** Generates a key whose id is a fingerprint of its bytes: two keys never share such an id. */
  public static SealingKey generate() {
    try {
      // The JDK's own chance, and not the one that tests inject: a key must not be guessed.
      KeyGenerator generator = KeyGenerator.getInstance("AES");
      generator.init(BYTES * 8);
      byte[] bytes = generator.generateKey().getEncoded();
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update("corpusync sealing key".getBytes(StandardCharsets.UTF_8));
      return of("k-" + HexFormat.of().formatHex(digest.digest(bytes), 0, 8), bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM cannot make a key for AES-256", e);
    }
  }

  /**
   * Appends this key to a file as the current one. A missing file is created, for its owner alone;
   * keep a copy of it apart from the backups of the store.
   *
   * @throws dev.corpusync.error.InvalidConfigurationException when it cannot be written, or others
   *     may read it
   */
  public void appendTo(Path file) {
    new KeyFile(file).append(id + ":" + key.reveal());
  }

  public String id() {
    return id;
  }

  SecretKey key() {
    return new SecretKeySpec(Base64.getDecoder().decode(key.reveal()), "AES");
  }

  /** The id only. */
  @Override
  public String toString() {
    return "SealingKey " + id;
  }
}
