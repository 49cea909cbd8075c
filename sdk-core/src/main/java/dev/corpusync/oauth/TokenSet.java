package dev.corpusync.oauth;

import dev.corpusync.auth.Secret;
import dev.corpusync.auth.SecretOrigin;
import dev.corpusync.error.SecretUnreadableException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a connection holds. Kept as one value, so that no access token is ever stored without the
 * refresh token that came with it.
 *
 * @param refresh absent where the provider gives none
 * @param life absent where the provider does not say, or says nonsense: then the token is used
 *     until it is refused
 * @param refused the provider takes the grant no more: only a person can help
 * @param api the origins that the access token is sent to, once it was used
 */
record TokenSet(
    Secret access,
    Optional<Secret> refresh,
    Optional<Life> life,
    Set<String> scopes,
    boolean refused,
    Optional<SecretOrigin> api) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** From when to when an access token is good, by our clock, and when to look for the next. */
  record Life(Instant renew, Instant end) {
    private static final Duration EARLIEST = Duration.ofMinutes(2);

    /**
     * @param from when it was asked for: counting from the answer would be too generous
     */
    static Life of(Instant from, Duration length) {
      // Ahead of the end, for clocks that differ and requests under way; a fifth of a short life.
      Duration ahead = length.dividedBy(5);
      return new Life(
          from.plus(length).minus(ahead.compareTo(EARLIEST) < 0 ? ahead : EARLIEST),
          from.plus(length));
    }
  }

  boolean isDue(Instant now) {
    return life.filter(l -> !now.isBefore(l.renew())).isPresent();
  }

  boolean isOver(Instant now) {
    return life.filter(l -> !now.isBefore(l.end())).isPresent();
  }

  /** What a renewal gave, with what it did not repeat. */
  TokenSet renewedBy(TokenSet next) {
    return new TokenSet(
        next.access,
        next.refresh.or(() -> refresh),
        next.life,
        next.scopes.isEmpty() ? scopes : next.scopes,
        false,
        api);
  }

  TokenSet asRefused() {
    return new TokenSet(access, refresh, life, scopes, true, api);
  }

  TokenSet boundTo(SecretOrigin origin) {
    return new TokenSet(access, refresh, life, scopes, refused, Optional.of(origin));
  }

  /** Whether both come from the same renewal. */
  boolean isSameAs(TokenSet other) {
    return same(access, other.access)
        && same(refresh.orElse(access), other.refresh.orElse(other.access));
  }

  static boolean same(Secret a, Secret b) {
    return MessageDigest.isEqual(
        a.reveal().getBytes(StandardCharsets.UTF_8), b.reveal().getBytes(StandardCharsets.UTF_8));
  }

  Secret sealed() {
    ObjectNode json = JSON.createObjectNode().put("access", access.reveal());
    refresh.ifPresent(r -> json.put("refresh", r.reveal()));
    life.ifPresent(
        l -> json.put("renew", l.renew().toEpochMilli()).put("end", l.end().toEpochMilli()));
    scopes.forEach(json.putArray("scopes")::add);
    api.ifPresent(origin -> json.put("api", origin.toString()));
    return Secret.of(json.put("refused", refused).toString());
  }

  static TokenSet opened(Secret kept) {
    try {
      JsonNode json = JSON.readTree(kept.reveal());
      Set<String> scopes = new TreeSet<>();
      json.path("scopes").forEach(s -> scopes.add(s.stringValue()));
      return new TokenSet(
          Secret.of(json.required("access").stringValue()),
          json.has("refresh")
              ? Optional.of(Secret.of(json.required("refresh").stringValue()))
              : Optional.empty(),
          json.has("end")
              ? Optional.of(new Life(instant(json, "renew"), instant(json, "end")))
              : Optional.empty(),
          scopes,
          json.required("refused").booleanValue(),
          json.has("api")
              ? Optional.of(SecretOrigin.parse(json.required("api").stringValue()))
              : Optional.empty());
    } catch (JacksonException e) {
      // Not as the cause: a parser quotes what it read.
      throw new SecretUnreadableException(
          "the tokens that are kept are not as this version writes them: connect again");
    }
  }

  private static Instant instant(JsonNode json, String name) {
    return Instant.ofEpochMilli(json.required(name).longValue());
  }

  /** Nothing of it. */
  @Override
  public String toString() {
    return "TokenSet";
  }
}
