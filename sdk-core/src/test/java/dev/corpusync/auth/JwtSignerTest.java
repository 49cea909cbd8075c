package dev.corpusync.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.error.InvalidConfigurationException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tokens that others can verify, from keys in every form in which providers give them. */
class JwtSignerTest {
  private static final Map<String, Object> CLAIMS = Map.of("iss", "me", "exp", 1_900_000_000L);

  private static KeyPair rsa() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    return generator.generateKeyPair();
  }

  private static KeyPair ec(String curve) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(curve));
    return generator.generateKeyPair();
  }

  private static Secret pem(String kind, byte[] der) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return Secret.of(
        "-----BEGIN "
            + kind
            + "PRIVATE KEY-----\n"
            + lines
            + "\n-----END "
            + kind
            + "PRIVATE KEY-----\n");
  }

  /** What is within PKCS#8: behind the algorithm, and the tag and length of what holds the key. */
  private static byte[] within(byte[] pkcs8, int algorithmEnd) {
    int length = pkcs8[algorithmEnd + 1] & 0xff;
    int head = length < 0x80 ? 2 : 2 + (length & 0x7f);
    return Arrays.copyOfRange(pkcs8, algorithmEnd + head, pkcs8.length);
  }

  private static boolean isSigned(String how, PublicKey key, Secret jwt)
      throws GeneralSecurityException {
    String[] parts = jwt.reveal().split("\\.");
    Signature signature = Signature.getInstance(how);
    signature.initVerify(key);
    signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
    return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
  }

  private static JsonNode part(Secret jwt, int number) {
    byte[] json = Base64.getUrlDecoder().decode(jwt.reveal().split("\\.")[number]);
    return JsonMapper.builder().build().readTree(json);
  }

  @Test
  void rs256_from_pkcs8_and_from_pkcs1() throws GeneralSecurityException {
    KeyPair pair = rsa();
    byte[] pkcs8 = pair.getPrivate().getEncoded();
    for (Secret pem : new Secret[] {pem("", pkcs8), pem("RSA ", within(pkcs8, 22))}) {
      Secret jwt = JwtSigner.rs256(pem).keyId("k7").sign(CLAIMS);
      assertThat(isSigned("SHA256withRSA", pair.getPublic(), jwt)).isTrue();
      assertThat(part(jwt, 0).toString())
          .isEqualTo("{\"alg\":\"RS256\",\"kid\":\"k7\",\"typ\":\"JWT\"}");
      assertThat(part(jwt, 1).path("exp").longValue()).isEqualTo(1_900_000_000L);
    }
  }

  @Test
  void es256_from_pkcs8_and_from_sec1_with_the_two_numbers_side_by_side()
      throws GeneralSecurityException {
    KeyPair pair = ec("secp256r1");
    byte[] pkcs8 = pair.getPrivate().getEncoded();
    for (Secret pem : new Secret[] {pem("", pkcs8), pem("EC ", within(pkcs8, 26))}) {
      Secret jwt = JwtSigner.es256(pem).sign(CLAIMS);
      assertThat(isSigned("SHA256withECDSAinP1363Format", pair.getPublic(), jwt)).isTrue();
      assertThat(Base64.getUrlDecoder().decode(jwt.reveal().split("\\.")[2])).hasSize(64);
    }
  }

  @Test
  void hs256_from_characters_and_from_hexadecimal() throws GeneralSecurityException {
    String key = "0123456789abcdef0123456789abcdef";
    Secret characters = JwtSigner.hs256(Secret.of(key)).sign(CLAIMS);
    assertThat(hmac(key.getBytes(StandardCharsets.UTF_8), characters))
        .isEqualTo(characters.reveal().split("\\.")[2]);
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) 0xab);
    Secret hex = JwtSigner.hs256Hex(Secret.of("ab".repeat(32))).sign(CLAIMS);
    assertThat(hmac(bytes, hex)).isEqualTo(hex.reveal().split("\\.")[2]);
  }

  private static String hmac(byte[] key, Secret jwt) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    String[] parts = jwt.reveal().split("\\.");
    byte[] signature = mac.doFinal((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
  }

  @Test
  void a_key_whose_line_breaks_were_written_as_two_characters_is_read()
      throws GeneralSecurityException {
    KeyPair pair = rsa();
    String escaped = pem("", pair.getPrivate().getEncoded()).reveal().replace("\n", "\\n");
    assertThat(
            isSigned(
                "SHA256withRSA",
                pair.getPublic(),
                JwtSigner.rs256(Secret.of(escaped)).sign(CLAIMS)))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "canary",
        "",
        "-----BEGIN PRIVATE KEY-----\ncanary\n-----END PRIVATE KEY-----",
        "-----BEGIN RSA PRIVATE KEY-----\nY2FuYXJ5\n-----END RSA PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\n=\n-----END PRIVATE KEY-----"
      })
  void what_is_no_key_is_said_and_not_quoted(String pem) {
    assertThatThrownBy(() -> JwtSigner.rs256(Secret.of(pem)))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("private_key")
        .hasMessageNotContaining("canary")
        .hasNoCause();
    assertThatThrownBy(() -> JwtSigner.es256(Secret.of(pem)))
        .isInstanceOf(InvalidConfigurationException.class);
  }

  @Test
  void another_curve_and_a_short_key_are_refused() throws GeneralSecurityException {
    Secret p384 = pem("", ec("secp384r1").getPrivate().getEncoded());
    assertThatThrownBy(() -> JwtSigner.es256(p384)).hasMessageContaining("P-256");
    assertThatThrownBy(() -> JwtSigner.hs256(Secret.of("canary")))
        .hasMessageContaining("too short")
        .hasMessageNotContaining("canary");
    assertThatThrownBy(() -> JwtSigner.hs256Hex(Secret.of("canary")))
        .hasMessageContaining("hexadecimal")
        .hasMessageNotContaining("canary")
        .hasNoCause();
    assertThat(JwtSigner.hs256(Secret.of("canary-canary-canary"))).hasToString("JwtSigner HS256");
  }

  @Test
  void a_self_signed_token_is_new_for_each_request_and_good_for_minutes() {
    Instant now = Instant.parse("2026-03-01T09:00:00Z");
    Authorizer authorizer =
        SelfSignedJwt.with(JwtSigner::hs256)
            .lifetime(Duration.ofMinutes(3))
            .claim("aud", "/admin/")
            .sent(jwt -> Authorization.header("Authorization", Secret.of("Ghost " + jwt.reveal())))
            .authorizer(() -> Secret.of("0123456789abcdef"), () -> now);
    Secret sent = authorizer.authorize().headers().get("Authorization");
    assertThat(sent.reveal()).startsWith("Ghost ");
    JsonNode claims = part(Secret.of(sent.reveal().substring("Ghost ".length())), 1);
    assertThat(claims.path("exp").longValue()).isEqualTo(now.getEpochSecond() + 180);
    assertThat(claims.path("iat").longValue()).isLessThan(now.getEpochSecond());
    assertThat(claims.path("aud").stringValue()).isEqualTo("/admin/");
    assertThatThrownBy(() -> SelfSignedJwt.with(JwtSigner::hs256).lifetime(Duration.ofDays(1)))
        .hasMessageContaining("an hour");
  }
}
