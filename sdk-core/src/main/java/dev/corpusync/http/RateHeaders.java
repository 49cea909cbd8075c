package dev.corpusync.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What an answer says of waiting: {@code Retry-After} (RFC 9110, seconds or a date), {@code
 * X-RateLimit-Remaining} and {@code -Reset} as GitHub and others send them (epoch seconds or
 * milliseconds, seconds to go, or an ISO date), {@code RateLimit-Remaining} and {@code -Reset}, and
 * both forms of the draft standard's {@code RateLimit}. A wait that is not positive is none.
 */
final class RateHeaders {
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final long EPOCH_SECONDS = 1_000_000_000L;
  private static final long EPOCH_MILLIS = 100_000_000_000L;
  private static final Pattern NUMBER = Pattern.compile("\\d{1,15}(\\.\\d{1,9})?");
  private static final Pattern NOTHING = Pattern.compile("0+(\\.0+)?");
  private static final Pattern DRAFT_LEFT =
      Pattern.compile("(?:^|[;,\\s])(?:remaining|r)\\s*=\\s*(\\d+)");
  private static final Pattern DRAFT_RESET =
      Pattern.compile("(?:^|[;,\\s])(?:reset|t)\\s*=\\s*(\\d+)");
  private final Wire.Answer answer;
  private final Instant now;

  /**
   * @param now our clock, for answers that do not say their own time
   */
  RateHeaders(Wire.Answer answer, Instant now) {
    this.answer = answer;
    this.now = answer.header("date").flatMap(RateHeaders::date).orElse(now);
  }

  static Optional<Instant> date(String header) {
    try {
      return Optional.of(
          ZonedDateTime.parse(header.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Whether this answer took the last request of the budget. */
  boolean isExhausted() {
    return remaining().anyMatch(left -> NOTHING.matcher(left.strip()).matches());
  }

  /** For an answer that says "too many": how long to wait, where it says so believably. */
  Optional<Duration> waitOfLimit() {
    // GitHub's secondary limit comes with the reset of the primary one, an hour away, and requests
    // left: that reset says nothing then.
    boolean meant = isExhausted() || remaining().findAny().isEmpty();
    return retryAfter().or(() -> meant ? untilReset() : Optional.empty());
  }

  Optional<Duration> retryAfter() {
    return answer
        .header("retry-after")
        .flatMap(v -> seconds(v).or(() -> date(v).map(when -> Duration.between(now, when))))
        .flatMap(RateHeaders::believable);
  }

  Optional<Duration> untilReset() {
    return answer
        .header("x-ratelimit-reset")
        .or(() -> answer.header("ratelimit-reset"))
        .flatMap(v -> reset(v).or(() -> isoDate(v)))
        .or(this::draftReset)
        .flatMap(RateHeaders::believable);
  }

  private Stream<String> remaining() {
    return Stream.concat(
        Stream.of("x-ratelimit-remaining", "ratelimit-remaining")
            .flatMap(name -> answer.header(name).stream()),
        policies().stream().flatMap(policy -> first(DRAFT_LEFT, policy).stream()));
  }

  // With several policies, the one that is used up says when.
  private Optional<Duration> draftReset() {
    return policies().stream()
        .filter(p -> first(DRAFT_LEFT, p).filter(n -> NOTHING.matcher(n).matches()).isPresent())
        .flatMap(p -> first(DRAFT_RESET, p).flatMap(RateHeaders::seconds).stream())
        .findFirst();
  }

  private List<String> policies() {
    return answer
        .header("ratelimit")
        .map(v -> v.contains("remaining") ? List.of(v) : List.of(v.split(",")))
        .orElse(List.of());
  }

  private static Optional<String> first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private Optional<Duration> reset(String value) {
    return seconds(value)
        .map(
            d ->
                d.toSeconds() >= EPOCH_MILLIS
                    ? Duration.between(now, Instant.ofEpochMilli(d.toSeconds()))
                    : d.toSeconds() >= EPOCH_SECONDS
                        ? Duration.between(now, Instant.ofEpochSecond(d.toSeconds()))
                        : d);
  }

  private Optional<Duration> isoDate(String value) {
    try {
      return Optional.of(Duration.between(now, OffsetDateTime.parse(value.strip()).toInstant()));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Rounded up: a second too long is a wait, a fraction too short is another refusal. */
  private static Optional<Duration> seconds(String value) {
    String text = value.strip();
    return NUMBER.matcher(text).matches()
        ? Optional.of(Duration.ofSeconds((long) Math.ceil(Double.parseDouble(text))))
        : Optional.empty();
  }

  private static Optional<Duration> believable(Duration wait) {
    if (wait.isNegative() || wait.isZero()) {
      return Optional.empty();
    }
    Duration atLeast = wait.compareTo(SHORTEST) < 0 ? SHORTEST : wait;
    return Optional.of(atLeast.compareTo(LONGEST) > 0 ? LONGEST : atLeast);
  }
}
