package dev.corpusync.auth;

import dev.corpusync.error.InvalidConfigurationException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.json.JsonMapper;

/**
 * Signs JSON Web Tokens with the JDK's own algorithms. Immutable; cannot be printed.
 *
 * @since 0.1
 */
public final class JwtSigner {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int SHORTEST_HMAC_KEY = 16;
  private final String algorithm;
  private final Secret key;
  private final transient Signing signing;
  private final Optional<String> keyId;

  /** Holds no key: what it is made from is read from the secret at each use. */
  @FunctionalInterface
  private interface Signing {
    byte[] sign(Secret key, byte[] input) throws GeneralSecurityException;
  }

  private JwtSigner(String algorithm, Secret key, Signing signing, Optional<String> keyId) {
    this.algorithm = algorithm;
    this.key = key;
    this.signing = signing;
    this.keyId = keyId;
  }

  /**
   * RSA with SHA-256.
   *
   * @param pem PKCS#8 or PKCS#1
   * @throws InvalidConfigurationException when it is no such key; the message does not hold it
   */
  public static JwtSigner rs256(Secret pem) {
    PrivateKeys.read("RSA", pem);
    return new JwtSigner(
        "RS256",
        pem,
        (key, input) -> sign("SHA256withRSA", PrivateKeys.read("RSA", key), input),
        Optional.empty());
  }

  /**
   * ECDSA on P-256 with SHA-256.
   *
   * @param pem PKCS#8 or SEC1
   * @throws InvalidConfigurationException when it is no such key; the message does not hold it
   */
  public static JwtSigner es256(Secret pem) {
    PrivateKey key = PrivateKeys.read("EC", pem);
    if (!(key instanceof ECPrivateKey ec)
        || ec.getParams().getCurve().getField().getFieldSize() != 256) {
      throw new InvalidConfigurationException(
          "private_key", "is on another curve than P-256, which ES256 takes");
    }
    return new JwtSigner(
        "ES256",
        pem,
        // A JWS holds the two numbers side by side, not in DER.
        (from, input) -> sign("SHA256withECDSAinP1363Format", PrivateKeys.read("EC", from), input),
        Optional.empty());
  }

  /** HMAC with SHA-256, keyed with the secret's characters in UTF-8. */
  public static JwtSigner hs256(Secret key) {
    return hs256(key, secret -> secret.reveal().getBytes(StandardCharsets.UTF_8));
  }

  /** HMAC with SHA-256, keyed with bytes that the secret spells in hexadecimal. */
  public static JwtSigner hs256Hex(Secret key) {
    try {
      return hs256(key, secret -> HexFormat.of().parseHex(secret.reveal()));
    } catch (IllegalArgumentException e) {
      // Not as the cause: it quotes what it read.
      throw new InvalidConfigurationException("signing_key", "must be hexadecimal");
    }
  }

  private static JwtSigner hs256(Secret secret, Function<Secret, byte[]> bytes) {
    if (bytes.apply(secret).length < SHORTEST_HMAC_KEY) {
      throw new InvalidConfigurationException(
          "signing_key", "is too short to sign with: it needs " + SHORTEST_HMAC_KEY + " bytes");
    }
    return new JwtSigner(
        "HS256",
        secret,
        (key, input) -> {
          Mac mac = Mac.getInstance("HmacSHA256");
          mac.init(new SecretKeySpec(bytes.apply(key), "HmacSHA256"));
          return mac.doFinal(input);
        },
        Optional.empty());
  }

  /** Names the key in the header, for a verifier that has several. */
  public JwtSigner keyId(String id) {
    return new JwtSigner(algorithm, key, signing, Optional.of(id));
  }

  /** Returns the signed token; times among the claims are seconds since 1970. */
  public Secret sign(Map<String, ?> claims) {
    Map<String, Object> header = new TreeMap<>(Map.of("alg", algorithm, "typ", "JWT"));
    keyId.ifPresent(id -> header.put("kid", id));
    String input = part(header) + "." + part(new TreeMap<>(claims));
    try {
      byte[] signature = signing.sign(key, input.getBytes(StandardCharsets.US_ASCII));
      return Secret.of(
          input + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM cannot sign with " + algorithm, e);
    }
  }

  private static byte[] sign(String how, PrivateKey key, byte[] input)
      throws GeneralSecurityException {
    Signature signature = Signature.getInstance(how);
    signature.initSign(key);
    signature.update(input);
    return signature.sign();
  }

  private static String part(Map<String, ?> json) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(JSON.writeValueAsBytes(json));
  }

  /** The algorithm only. */
  @Override
  public String toString() {
    return "JwtSigner " + algorithm;
  }
}
