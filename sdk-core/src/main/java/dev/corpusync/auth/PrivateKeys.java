package dev.corpusync.auth;

import dev.corpusync.error.InvalidConfigurationException;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses private keys: PEM, in PKCS#8 or the older forms of RSA and EC. */
final class PrivateKeys {
  private static final Pattern PEM =
      Pattern.compile(
          "-----BEGIN (RSA |EC )?PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END (RSA |EC )?PRIVATE KEY-----");
  // AlgorithmIdentifier of rsaEncryption, and of ecPublicKey on P-256.
  private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");
  private static final byte[] EC =
      HexFormat.of().parseHex("301306072a8648ce3d020106082a8648ce3d030107");
  private static final byte[] VERSION = {2, 1, 0};
  private static final int SEQUENCE = 0x30;
  private static final int OCTETS = 4;

  private PrivateKeys() {}

  /**
   * @param algorithm RSA or EC
   */
  static PrivateKey read(String algorithm, Secret pem) {
    // Environment variables often carry the line breaks as two characters.
    Matcher found = PEM.matcher(pem.reveal().replace("\\n", "\n"));
    if (!found.find()) {
      throw wrong(algorithm);
    }
    try {
      byte[] der = Base64.getMimeDecoder().decode(found.group(2));
      boolean older = found.group(1) != null;
      byte[] pkcs8 = older ? wrapped(algorithm.equals("RSA") ? RSA : EC, der) : der;
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      // Not as the cause: a parser may quote what it read.
      throw wrong(algorithm);
    }
  }

  private static byte[] wrapped(byte[] algorithm, byte[] key) {
    return tagged(SEQUENCE, joined(VERSION, algorithm, tagged(OCTETS, key)));
  }

  private static byte[] tagged(int tag, byte[] content) {
    int length = content.length;
    byte[] head =
        length < 0x80
            ? new byte[] {(byte) tag, (byte) length}
            : new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
    return joined(head, content);
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static InvalidConfigurationException wrong(String algorithm) {
    return new InvalidConfigurationException(
        "private_key", "is not a private key of the kind " + algorithm + " in PEM form");
  }
}
