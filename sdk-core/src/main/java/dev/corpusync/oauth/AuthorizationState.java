package dev.corpusync.oauth;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.error.AuthorizationFailedException;
import dev.corpusync.error.AuthorizationFailedException.Reason;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The OAuth {@code state} parameter: connection, redirect address, pending authorization and
 * expiry, signed. Tenant and connection may be any text. A closed value.
 */
record AuthorizationState(ConnectionKey key, URI redirect, String attempt, Instant expires) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int LONGEST = 8_000;

  /** Body and signature, each base64url, which has no dot. */
  String signed(byte[] macKey) {
    byte[] json =
        JSON.writeValueAsBytes(
            JSON.createObjectNode()
                .put("tenant", key.tenant())
                .put("connection", key.id())
                .put("redirect", redirect.toString())
                .put("attempt", attempt)
                .put("expires", expires.getEpochSecond()));
    String body = encoded(json);
    return body + "." + encoded(mac(macKey, body));
  }

  /**
   * @param macKeys of each connection: the text names one, and only who has its key can have
   *     written that
   * @throws AuthorizationFailedException when it was not made here
   */
  static AuthorizationState verified(
      String text, Function<ConnectionKey, Optional<byte[]>> macKeys) {
    String[] parts = text.split("\\.", -1);
    if (text.length() > LONGEST || parts.length != 2) {
      throw forged();
    }
    try {
      JsonNode json = JSON.readTree(Base64.getUrlDecoder().decode(parts[0]));
      AuthorizationState claimed =
          new AuthorizationState(
              new ConnectionKey(text(json, "tenant"), text(json, "connection")),
              URI.create(text(json, "redirect")),
              text(json, "attempt"),
              Instant.ofEpochSecond(json.required("expires").longValue()));
      byte[] signature = Base64.getUrlDecoder().decode(parts[1]);
      return macKeys
          .apply(claimed.key())
          .filter(macKey -> MessageDigest.isEqual(signature, mac(macKey, parts[0])))
          .map(macKey -> claimed)
          .orElseThrow(AuthorizationState::forged);
    } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
      throw forged();
    }
  }

  static AuthorizationFailedException forged() {
    return new AuthorizationFailedException(
        Reason.STATE_FORGED,
        "the way back from the provider has a state that was not made here, or was changed on the way."
            + " Nothing was kept; start connecting again");
  }

  private static String text(JsonNode json, String name) {
    return json.required(name).stringValue();
  }

  private static byte[] mac(byte[] macKey, String body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(macKey, "HmacSHA256"));
      return mac.doFinal(body.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM cannot sign with HMAC-SHA-256", e);
    }
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
