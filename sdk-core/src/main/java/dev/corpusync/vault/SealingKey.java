package dev.corpusync.vault;

import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** A key of 256 bits with the name under which sealed values remember it. Cannot be printed. */
public final class SealingKey {
  private static final int BYTES = 32;
  private final String id;
  private final SecretKey key;

  private SealingKey(String id, SecretKey key) {
    this.id = id;
    this.key = key;
  }

  /**
   * @param bytes 32 of them, copied
   */
  public static SealingKey of(String id, byte[] bytes) {
    if (id.isBlank() || id.length() > 100) {
      throw new IllegalArgumentException("a sealing key needs an id of at most 100 characters");
    }
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException(
          "the sealing key '" + id + "' has " + bytes.length + " bytes, it must have " + BYTES);
    }
    return new SealingKey(id, new SecretKeySpec(bytes, "AES"));
  }

  public String id() {
    return id;
  }

  SecretKey key() {
    return key;
  }

  /** The id only. */
  @Override
  public String toString() {
    return "SealingKey " + id;
  }
}
