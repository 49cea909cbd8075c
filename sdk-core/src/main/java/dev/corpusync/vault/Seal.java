package dev.corpusync.vault;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Seals and opens secrets with AES-256-GCM: format byte, nonce, cipher text with its tag. A secret
 * of the first format has no origins.
 */
final class Seal {
  /** A secret alone. */
  static final byte PLAIN = 1;

  /** A secret after its origins, on a line. */
  static final byte BOUND = 2;

  private static final String ALGORITHM = "AES/GCM/NoPadding";
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;

  byte[] close(SealingKey key, byte format, byte[] place, byte[] plain) {
    try {
      // The cipher draws the nonce itself: one must never come twice under a key, so it is no part
      // of the chance that tests inject.
      Cipher cipher = Cipher.getInstance(ALGORITHM);
      cipher.init(Cipher.ENCRYPT_MODE, key.key());
      bind(cipher, format, place);
      byte[] sealed = cipher.doFinal(plain);
      return ByteBuffer.allocate(1 + NONCE + sealed.length)
          .put(format)
          .put(cipher.getIV())
          .put(sealed)
          .array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM cannot seal with AES-256-GCM", e);
    }
  }

  /** What is authenticated with a secret: nothing may be taken for another format. */
  private static void bind(Cipher cipher, byte format, byte[] place) {
    cipher.updateAAD(place);
    if (format != PLAIN) {
      cipher.updateAAD(new byte[] {0, format});
    }
  }

  static byte format(byte[] sealed) {
    return sealed.length == 0 ? 0 : sealed[0];
  }

  /** Empty when it was sealed with another key, for another place, or changed since. */
  Optional<byte[]> open(SealingKey key, byte[] place, byte[] sealed) {
    if (sealed.length < 1 + NONCE + TAG_BITS / 8 || sealed[0] < PLAIN || sealed[0] > BOUND) {
      return Optional.empty();
    }
    try {
      Cipher cipher = Cipher.getInstance(ALGORITHM);
      cipher.init(Cipher.DECRYPT_MODE, key.key(), new GCMParameterSpec(TAG_BITS, sealed, 1, NONCE));
      bind(cipher, sealed[0], place);
      return Optional.of(cipher.doFinal(sealed, 1 + NONCE, sealed.length - 1 - NONCE));
    } catch (AEADBadTagException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM cannot open AES-256-GCM", e);
    }
  }
}
