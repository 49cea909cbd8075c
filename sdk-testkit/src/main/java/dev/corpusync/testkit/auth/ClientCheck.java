package dev.corpusync.testkit.auth;

import dev.corpusync.auth.ClientAuthentication;
import dev.corpusync.testkit.fake.FakeRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Checks the authentication of an application strictly by the RFCs. */
final class ClientCheck {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private final String id;
  private final String secret;

  ClientCheck(String id, String secret) {
    this.id = id;
    this.secret = secret;
  }

  boolean passes(
      ClientAuthentication how,
      FakeRequest request,
      Map<String, String> form,
      Optional<PublicKey> key,
      String audience,
      Instant now) {
    return switch (how) {
      case BASIC -> isBasic(request) && !form.containsKey("client_secret");
      case POST ->
          id.equals(form.get("client_id"))
              && secret.equals(form.get("client_secret"))
              && request.header("authorization").isEmpty();
      case NONE ->
          id.equals(form.getOrDefault("client_id", id)) && !form.containsKey("client_secret");
      case PRIVATE_KEY_JWT ->
          key.filter(
                  k ->
                      statement(form.getOrDefault("client_assertion", ""), k, audience, now)
                          .filter(c -> c.path("sub").asString("").equals(id))
                          .isPresent())
              .isPresent();
    };
  }

  /** The claims of a signed statement, if it is good and meant for us. */
  Optional<JsonNode> statement(String jwt, PublicKey key, String audience, Instant now) {
    String[] parts = jwt.split("\\.");
    if (parts.length != 3) {
      return Optional.empty();
    }
    JsonNode header = JSON.readTree(Base64.getUrlDecoder().decode(parts[0]));
    JsonNode claims = JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
    boolean good =
        isSigned(header.path("alg").asString(""), key, parts)
            && claims.path("iss").asString("").equals(id)
            && claims.path("aud").asString("").equals(audience)
            && claims.path("exp").asLong(0) > now.getEpochSecond()
            && claims.path("exp").asLong(0) < now.getEpochSecond() + 3_601
            && claims.path("iat").asLong(Long.MAX_VALUE) <= now.getEpochSecond();
    return good ? Optional.of(claims) : Optional.empty();
  }

  private boolean isBasic(FakeRequest request) {
    String header = request.header("authorization").orElse("");
    if (!header.startsWith("Basic ")) {
      return false;
    }
    byte[] pair = Base64.getDecoder().decode(header.substring("Basic ".length()));
    String[] halves = new String(pair, StandardCharsets.UTF_8).split(":", 2);
    return halves.length == 2
        && id.equals(URLDecoder.decode(halves[0], StandardCharsets.UTF_8))
        && secret.equals(decoded(halves[1]));
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static boolean isSigned(String algorithm, PublicKey key, String[] parts) {
    try {
      Signature signature =
          Signature.getInstance(
              algorithm.equals("ES256") ? "SHA256withECDSAinP1363Format" : "SHA256withRSA");
      signature.initVerify(key);
      signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
      return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
