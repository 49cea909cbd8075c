package dev.corpusync.testkit.hook;

import dev.corpusync.auth.Secret;
import dev.corpusync.testkit.hook.Receiver.Arrived;
import dev.corpusync.testkit.hook.Signing.Part;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A scheme, with how a receiver looks at what arrives under it, written out with the JDK.
 *
 * @param parts what its signature is of
 * @param proof where the signature is
 * @param time where the time is
 * @param whole what the signature is to be
 */
record SigningCase(
    String name,
    Signing signing,
    boolean isToken,
    Set<Part> parts,
    Function<Arrived, Optional<String>> proof,
    Function<Arrived, Instant> time,
    Whole whole) {
  static final JsonMapper JSON = JsonMapper.builder().build();
  static final KeyPair OURS = pair();
  static final KeyPair THEIRS = pair();
  static final String OUR_TEXT = "n33dle-of-the-source";
  static final String THEIR_TEXT = "n33dle-of-another";

  /** Who signed what. */
  record Signed(boolean byUs, String url, byte[] body, Arrived arrived) {
    String secret() {
      return byUs ? OUR_TEXT : THEIR_TEXT;
    }

    KeyPair keys() {
      return byUs ? OURS : THEIRS;
    }
  }

  /** What the signature is to be; blank if it cannot be one of that. */
  interface Whole {
    String of(Signed signed) throws GeneralSecurityException;
  }

  static List<SigningCase> all() {
    return List.of(
        of(
            "github",
            Signing.prefixedHex("X-Hub-Signature-256", "sha256="),
            "X-Hub-Signature-256",
            Set.of(Part.BODY),
            none -> Instant.EPOCH,
            s -> "sha256=" + hex(mac("HmacSHA256", s, s.body()))),
        of(
            "attio",
            Signing.hex("Attio-Signature"),
            "Attio-Signature",
            Set.of(Part.BODY),
            none -> Instant.EPOCH,
            s -> hex(mac("HmacSHA256", s, s.body()))),
        of(
            "linear",
            Signing.hex("Linear-Signature").timeIn("webhookTimestamp"),
            "Linear-Signature",
            Set.of(Part.BODY, Part.TIME),
            a -> Instant.ofEpochMilli(json(a.body()).path("webhookTimestamp").asLong()),
            s -> hex(mac("HmacSHA256", s, s.body()))),
        of(
            "slack",
            Signing.slack(),
            "X-Slack-Signature",
            Set.of(Part.BODY, Part.TIME),
            a -> Instant.ofEpochSecond(number(a, "X-Slack-Request-Timestamp")),
            s ->
                "v0="
                    + hex(
                        mac(
                            "HmacSHA256",
                            s,
                            bytes("v0:" + number(s.arrived(), "X-Slack-Request-Timestamp") + ":"),
                            s.body()))),
        of(
            "hubspot",
            Signing.hubspot(),
            "X-HubSpot-Signature-v3",
            Set.of(Part.BODY, Part.TIME, Part.URL),
            a -> Instant.ofEpochMilli(number(a, "X-HubSpot-Request-Timestamp")),
            s ->
                base64(
                    mac(
                        "HmacSHA256",
                        s,
                        bytes(s.arrived().method() + s.url()),
                        s.body(),
                        bytes("" + number(s.arrived(), "X-HubSpot-Request-Timestamp"))))),
        of(
            "trello",
            Signing.trello(),
            "X-Trello-Webhook",
            Set.of(Part.BODY, Part.URL),
            none -> Instant.EPOCH,
            s -> base64(mac("HmacSHA1", s, s.body(), bytes(s.url())))),
        of(
            "drive",
            Signing.sharedToken("X-Goog-Channel-Token"),
            "X-Goog-Channel-Token",
            Set.of(),
            none -> Instant.EPOCH,
            Signed::secret),
        inBody("figma", Signing.inBody("passcode"), body -> body.path("passcode")),
        inBody(
            "graph",
            Signing.inBody("value", "clientState"),
            body -> body.path("value").path(0).path("clientState")),
        token(
            "pubsub",
            Signing.oidc("https://accounts.example", "key-1", "push@project.example"),
            "Bearer ",
            Set.of(Part.TIME, Part.URL),
            (claims, s) ->
                claims.path("aud").asString().equals(s.url())
                    && claims.path("iss").asString().equals("https://accounts.example")
                    && claims.path("email").asString().equals("push@project.example")
                    && claims.path("email_verified").asBoolean(false)),
        token(
            "gong",
            Signing.bodyHashJwt("Authorization"),
            "",
            Set.of(Part.BODY, Part.TIME, Part.URL),
            (claims, s) ->
                claims.path("webhook_url").asString().equals(s.url())
                    && claims.path("body_sha256").asString().equals(hex(sha256(s.body())))));
  }

  static SigningCase named(String name) {
    return all().stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
  }

  Secret ours() {
    return isToken ? pem(OURS) : Secret.of(OUR_TEXT);
  }

  Secret theirs() {
    return isToken ? pem(THEIRS) : Secret.of(THEIR_TEXT);
  }

  @Override
  public String toString() {
    return name;
  }

  /** What a token says. */
  interface Claims {
    boolean fit(JsonNode claims, Signed signed) throws GeneralSecurityException;
  }

  private static SigningCase of(
      String name,
      Signing signing,
      String header,
      Set<Part> parts,
      Function<Arrived, Instant> time,
      Whole whole) {
    return new SigningCase(name, signing, false, parts, a -> a.header(header), time, whole);
  }

  private static SigningCase inBody(String name, Signing signing, Function<JsonNode, JsonNode> at) {
    return new SigningCase(
        name,
        signing,
        false,
        Set.of(),
        a -> at.apply(json(a.body())).stringValueOpt(),
        none -> Instant.EPOCH,
        Signed::secret);
  }

  private static SigningCase token(
      String name, Signing signing, String prefix, Set<Part> parts, Claims claims) {
    return new SigningCase(
        name,
        signing,
        true,
        parts,
        a -> a.header("Authorization"),
        a -> Instant.ofEpochSecond(claims(a).path("iat").asLong()),
        s -> {
          String[] token = jwt(s.arrived());
          return claims.fit(claims(s.arrived()), s)
              ? prefix + token[0] + "." + token[1] + "." + rs256(s.keys(), token)
              : "";
        });
  }

  static String[] jwt(Arrived arrived) {
    return arrived.header("Authorization").orElseThrow().replace("Bearer ", "").split("\\.");
  }

  static JsonNode claims(Arrived arrived) {
    return json(Base64.getUrlDecoder().decode(jwt(arrived)[1]));
  }

  // The same each time, so that a part of it can be told from another one.
  private static String rs256(KeyPair keys, String[] token) throws GeneralSecurityException {
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(keys.getPrivate());
    signature.update(bytes(token[0] + "." + token[1]));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
  }

  private static KeyPair pair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2_048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Secret pem(KeyPair pair) {
    return Secret.of(
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded())
            + "\n-----END PRIVATE KEY-----");
  }

  private static byte[] mac(String algorithm, Signed signed, byte[]... parts)
      throws GeneralSecurityException {
    Mac mac = Mac.getInstance(algorithm);
    mac.init(new SecretKeySpec(bytes(signed.secret()), algorithm));
    for (byte[] part : parts) {
      mac.update(part);
    }
    return mac.doFinal();
  }

  private static byte[] sha256(byte[] of) throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-256").digest(of);
  }

  static JsonNode json(byte[] body) {
    return JSON.readTree(body);
  }

  private static long number(Arrived arrived, String header) {
    return Long.parseLong(arrived.header(header).orElseThrow());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
