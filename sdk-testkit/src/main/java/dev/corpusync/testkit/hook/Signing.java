package dev.corpusync.testkit.hook;

import dev.corpusync.auth.JwtSigner;
import dev.corpusync.auth.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How a source shows that a delivery is its own, in the forms that sources document. Immutable;
 * holds no secret.
 *
 * @since 0.1
 */
public final class Signing {
  /** For how long a token is good from when it was signed. */
  public static final Duration TOKEN_LIFE = Duration.ofHours(1);

  private static final Pattern DECODED_BY_HUBSPOT =
      Pattern.compile("(?i)%(3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)");

  /** What a signature is of, beside the secret: a receiver can tell when it was changed. */
  public enum Part {
    BODY,
    TIME,
    URL
  }

  private final String name;
  private final Set<Part> parts;
  private final UnaryOperator<OutgoingPost> stamp;
  private final BiFunction<Secret, OutgoingPost, String> signature;
  private final BiFunction<OutgoingPost, String, OutgoingPost> place;

  private Signing(
      String name,
      Set<Part> parts,
      UnaryOperator<OutgoingPost> stamp,
      BiFunction<Secret, OutgoingPost, String> signature,
      BiFunction<OutgoingPost, String, OutgoingPost> place) {
    this.name = name;
    this.parts = parts;
    this.stamp = stamp;
    this.signature = signature;
    this.place = place;
  }

  /** HMAC-SHA256 of the body in hexadecimal: Attio; Linear, with {@link #timeIn}. */
  public static Signing hex(String header) {
    return prefixedHex(header, "");
  }

  /** The same behind a prefix, such as {@code sha256=}: GitHub, Notion, Jira's admin webhooks. */
  public static Signing prefixedHex(String header, String prefix) {
    return inHeader(
        "HMAC in " + header,
        header,
        Set.of(Part.BODY),
        (secret, post) -> prefix + hex(hmac("HmacSHA256", secret, post.body())));
  }

  /** Slack's v0: of the version, seconds since 1970 and the body. */
  public static Signing slack() {
    return inHeader(
            "Slack v0",
            "X-Slack-Signature",
            Set.of(Part.BODY),
            (secret, post) ->
                "v0="
                    + hex(
                        hmac(
                            "HmacSHA256",
                            secret,
                            bytes("v0:" + post.seconds() + ":"),
                            post.body())))
        .stamped(post -> post.header("X-Slack-Request-Timestamp", "" + post.seconds()));
  }

  /** HubSpot's v3: of method, URL with some characters decoded, body, milliseconds since 1970. */
  public static Signing hubspot() {
    return inHeader(
            "HubSpot v3",
            "X-HubSpot-Signature-v3",
            Set.of(Part.BODY, Part.URL),
            (secret, post) ->
                base64(
                    hmac(
                        "HmacSHA256",
                        secret,
                        bytes(OutgoingPost.METHOD + decoded(post.url().toString())),
                        post.body(),
                        bytes("" + post.millis()))))
        .stamped(post -> post.header("X-HubSpot-Request-Timestamp", "" + post.millis()));
  }

  /** Trello's: HMAC-SHA1 of the body and the URL as it was registered. */
  public static Signing trello() {
    return inHeader(
        "Trello",
        "X-Trello-Webhook",
        Set.of(Part.BODY, Part.URL),
        (secret, post) ->
            base64(hmac("HmacSHA1", secret, post.body(), bytes(post.url().toString()))));
  }

  /** The secret itself in a header: {@code X-Goog-Channel-Token}, {@code X-Jira-Signing-Secret}. */
  public static Signing sharedToken(String header) {
    return inHeader("token in " + header, header, Set.of(), (secret, post) -> secret.reveal());
  }

  /**
   * The secret itself in the JSON body, under names that lead through each element of an array:
   * {@code "value", "clientState"} of Microsoft Graph, {@code "passcode"} of Figma.
   */
  public static Signing inBody(String... path) {
    List<String> names = List.of(path);
    return new Signing(
        "token in the body's " + String.join(".", names),
        Set.of(),
        post -> post,
        (secret, post) -> secret.reveal(),
        (post, token) -> post.body(Json.with(post.body(), names, token)));
  }

  /**
   * A bearer token of OpenID Connect, signed with RS256, for the URL: Google's Pub/Sub. The secret
   * is the source's private key in PEM.
   *
   * @param keyId by which a receiver looks the public key up
   * @param email of the account that pushes
   */
  public static Signing oidc(String issuer, String keyId, String email) {
    return inHeader(
        "OpenID Connect",
        "Authorization",
        Set.of(Part.TIME, Part.URL),
        (secret, post) ->
            "Bearer "
                + JwtSigner.rs256(secret)
                    .keyId(keyId)
                    .sign(
                        Map.of(
                            "iss",
                            issuer,
                            "aud",
                            post.url().toString(),
                            "sub",
                            email,
                            "azp",
                            email,
                            "email",
                            email,
                            "email_verified",
                            true,
                            "iat",
                            post.seconds(),
                            "exp",
                            post.seconds() + TOKEN_LIFE.toSeconds()))
                    .reveal());
  }

  /**
   * A token, signed with RS256, that holds the URL and the body's SHA-256 in hexadecimal, without
   * the word Bearer: Gong. The secret is the source's private key in PEM.
   */
  public static Signing bodyHashJwt(String header) {
    return inHeader(
        "JWT of the body in " + header,
        header,
        Set.of(Part.BODY, Part.TIME, Part.URL),
        (secret, post) ->
            JwtSigner.rs256(secret)
                .sign(
                    Map.of(
                        "webhook_url", post.url().toString(),
                        "body_sha256", hex(sha256(post.body())),
                        "iat", post.seconds(),
                        "exp", post.seconds() + TOKEN_LIFE.toSeconds()))
                .reveal());
  }

  /** Writes milliseconds since 1970 into the JSON body before it is signed: Linear. */
  public Signing timeIn(String field) {
    if (!covers(Part.BODY)) {
      throw new IllegalStateException(
          "a time in the body proves nothing under '" + name + "', which signs no body");
    }
    return stamped(post -> post.body(Json.with(post.body(), List.of(field), post.millis())));
  }

  /** Whether a receiver can tell when that part was changed. */
  public boolean covers(Part part) {
    return parts.contains(part);
  }

  OutgoingPost signed(Secret secret, OutgoingPost post) {
    return signed(secret, post, whole -> whole);
  }

  /**
   * @param change what becomes of the signature
   */
  OutgoingPost signed(Secret secret, OutgoingPost post, UnaryOperator<String> change) {
    OutgoingPost stamped = stamp.apply(post);
    return place.apply(stamped, change.apply(signature.apply(secret, stamped)));
  }

  OutgoingPost unsigned(OutgoingPost post) {
    return stamp.apply(post);
  }

  @Override
  public String toString() {
    return name;
  }

  private static Signing inHeader(
      String name,
      String header,
      Set<Part> parts,
      BiFunction<Secret, OutgoingPost, String> signature) {
    return new Signing(
        name, parts, post -> post, signature, (post, value) -> post.header(header, value));
  }

  private Signing stamped(UnaryOperator<OutgoingPost> with) {
    Set<Part> more = EnumSet.of(Part.TIME);
    more.addAll(parts);
    return new Signing(name, more, with, signature, place);
  }

  private static byte[] hmac(String algorithm, Secret secret, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(bytes(secret.reveal()), algorithm));
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM cannot sign with " + algorithm, e);
    }
  }

  private static byte[] sha256(byte[] body) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM has no SHA-256", e);
    }
  }

  private static String decoded(String url) {
    return DECODED_BY_HUBSPOT
        .matcher(url)
        .replaceAll(
            code ->
                Matcher.quoteReplacement(
                    Character.toString(HexFormat.fromHexDigits(code.group(1)))));
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
