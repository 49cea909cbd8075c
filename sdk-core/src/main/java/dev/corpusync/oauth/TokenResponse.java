package dev.corpusync.oauth;

import dev.corpusync.auth.Secret;
import dev.corpusync.auth.TokenDialect;
import dev.corpusync.auth.TokenEndpoint;
import dev.corpusync.error.MalformedReplyException;
import dev.corpusync.error.RateLimitedException;
import dev.corpusync.error.RemoteException;
import dev.corpusync.error.RequestRefusedException;
import dev.corpusync.error.UnavailableException;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the response of a token endpoint, and turns a failure into what to do next. Only a clear
 * {@code invalid_grant} is a refusal of the grant; other failures say nothing about it. Messages
 * hold the status and the error code, never the body.
 */
final class TokenResponse {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build();
  private static final int DIGITS = 40;
  private static final BigDecimal LONGEST_LIFE =
      BigDecimal.valueOf(Duration.ofDays(3650).toSeconds());
  private static final BigDecimal FIRST_MILLIS = BigDecimal.valueOf(100_000_000_000L);
  private final String asked;
  private final TokenEndpoint.Answer answer;
  private final Instant from;
  private final Instant until;
  private final JsonNode body;

  /** The provider takes this code, refresh token or statement no more. */
  static final class GrantRefused extends Exception {
    private static final long serialVersionUID = 1L;

    GrantRefused(String message) {
      super(message);
    }
  }

  /**
   * @param asked what was asked of whom, for messages
   * @param from when, by our clock
   * @param until when the answer was there
   */
  TokenResponse(
      String asked,
      TokenEndpoint.Answer answer,
      TokenDialect dialect,
      Instant from,
      Instant until) {
    this.asked = asked;
    this.answer = answer;
    this.from = from;
    this.until = until;
    int status = answer.status();
    if (status >= 500 || status == 408 || status == 425 || status == 429) {
      throw later(answered());
    }
    body = dialect.answer(parsed());
  }

  TokenSet tokens() throws GrantRefused {
    Optional<String> error = text("error");
    if (error.isPresent()) {
      refuse(error.get());
    }
    if (answer.status() >= 300) {
      throw new MalformedReplyException(answered() + " without a reason. Check its address");
    }
    Secret access =
        text("access_token")
            .map(Secret::of)
            .orElseThrow(
                () ->
                    new MalformedReplyException(
                        answered()
                            + " without an access_token. Check the address, or the dialect"));
    return new TokenSet(
        access, text("refresh_token").map(Secret::of), life(), scopes(), false, Optional.empty());
  }

  private void refuse(String error) throws GrantRefused {
    String code = error.matches("[A-Za-z0-9_.-]{1,60}") ? error : "an error";
    String said = answered() + " " + code;
    if (code.equals("invalid_grant")) {
      throw new GrantRefused(said);
    }
    if (code.equals("temporarily_unavailable")
        || code.equals("server_error")
        || code.equals("slow_down")) {
      throw later(said);
    }
    throw new RequestRefusedException(
        said + ": it refuses the application, not the person. Check client id, secret and scopes");
  }

  private RemoteException later(String said) {
    return answer
        .retryAfter()
        .<RemoteException>map(
            wait ->
                new RateLimitedException(
                    said + " and asks to wait for " + wait.toSeconds() + " s", wait))
        .orElseGet(() -> new UnavailableException(said + ". Try again later"));
  }

  private String answered() {
    return asked + " answered " + answer.status();
  }

  private JsonNode parsed() {
    String text = new String(answer.body(), StandardCharsets.UTF_8).strip();
    String type = answer.contentType().toLowerCase(Locale.ROOT);
    if (type.startsWith("application/x-www-form-urlencoded") && !text.startsWith("{")) {
      return form(text);
    }
    try {
      JsonNode json = JSON.readTree(text);
      if (json.isObject()) {
        return json;
      }
    } catch (JacksonException e) {
      // Said below, without what the parser quotes.
    }
    throw new MalformedReplyException(
        answered()
            + (text.startsWith("<")
                ? " with a web page"
                : " with something other than a JSON object")
            + ". Check its address; a proxy or a login page may be in between");
  }

  private JsonNode form(String text) {
    ObjectNode fields = JSON.createObjectNode();
    try {
      for (String pair : text.split("&")) {
        String[] halves = pair.split("=", 2);
        fields.put(decoded(halves[0]), halves.length < 2 ? "" : decoded(halves[1]));
      }
    } catch (IllegalArgumentException e) {
      throw new MalformedReplyException(answered() + " with a form that cannot be decoded");
    }
    return fields;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private Optional<String> text(String name) {
    JsonNode value = body.path(name);
    return value.isString() && !value.stringValue().isBlank()
        ? Optional.of(value.stringValue())
        : Optional.empty();
  }

  // A life of zero or less, or one that cannot be read, would mean a renewal before every request.
  private Optional<TokenSet.Life> life() {
    Optional<BigDecimal> seconds = number("expires_in").filter(s -> s.signum() > 0);
    return seconds
        .or(this::untilExpiresAt)
        .filter(s -> s.signum() > 0)
        .map(s -> s.min(LONGEST_LIFE).multiply(BigDecimal.valueOf(1000)).longValue())
        .filter(millis -> millis > 0)
        .map(millis -> TokenSet.Life.of(from, Duration.ofMillis(millis)));
  }

  /** By the provider's clock, whose difference to ours its Date tells. */
  private Optional<BigDecimal> untilExpiresAt() {
    Instant theirs = answer.date().orElse(until);
    return number("expires_at")
        .map(n -> n.compareTo(FIRST_MILLIS) < 0 ? n : n.movePointLeft(3))
        .or(() -> text("expires_at").flatMap(TokenResponse::instant))
        .map(at -> at.subtract(BigDecimal.valueOf(theirs.getEpochSecond())));
  }

  private static Optional<BigDecimal> instant(String text) {
    try {
      return Optional.of(BigDecimal.valueOf(OffsetDateTime.parse(text).toEpochSecond()));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private Optional<BigDecimal> number(String name) {
    JsonNode value = body.path(name);
    try {
      return (value.isNumber()
              ? Optional.of(value.decimalValue())
              : text(name).map(String::strip).filter(s -> s.length() < DIGITS).map(BigDecimal::new))
          // Others would be expanded to as many digits as their exponent says.
          .filter(n -> Math.abs((long) n.scale()) < DIGITS && n.precision() < DIGITS);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Separated by spaces or commas, or an array; empty where the answer does not name them. */
  private Set<String> scopes() {
    Set<String> names = new TreeSet<>();
    JsonNode value = body.path("scope");
    if (value.isArray()) {
      value.forEach(s -> names.add(s.isString() ? s.stringValue() : ""));
    }
    text("scope").ifPresent(s -> names.addAll(List.of(s.split("[ ,]+"))));
    names.remove("");
    return names;
  }
}
