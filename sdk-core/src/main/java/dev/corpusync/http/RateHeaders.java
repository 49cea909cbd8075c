package dev.corpusync.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * What an answer says of waiting: {@code Retry-After} (RFC 9110, seconds or a date), {@code
 * X-RateLimit-Remaining} and {@code -Reset} as GitHub and others send them (epoch seconds or
 * milliseconds, or seconds to go), {@code RateLimit-Remaining} and {@code -Reset}.
 */
final class RateHeaders {
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final long EPOCH_SECONDS = 1_000_000_000L;
  private static final long EPOCH_MILLIS = 100_000_000_000L;
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
          ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  boolean isExhausted() {
    return remaining("x-ratelimit-remaining") || remaining("ratelimit-remaining");
  }

  /** How long to wait, where the answer says so in a way that can be believed. */
  Optional<Duration> wait(boolean limited) {
    Optional<Duration> asked = answer.header("retry-after").flatMap(this::retryAfter);
    if (asked.isPresent() || !(limited || isExhausted())) {
      return asked;
    }
    return answer
        .header("x-ratelimit-reset")
        .or(() -> answer.header("ratelimit-reset"))
        .flatMap(this::reset);
  }

  private boolean remaining(String header) {
    return answer.header(header).filter(v -> v.strip().equals("0")).isPresent();
  }

  private Optional<Duration> retryAfter(String value) {
    return number(value)
        .map(Duration::ofSeconds)
        .or(() -> date(value).map(when -> Duration.between(now, when)))
        .flatMap(RateHeaders::believable);
  }

  private Optional<Duration> reset(String value) {
    return number(value)
        .map(
            n ->
                n >= EPOCH_MILLIS
                    ? Duration.between(now, Instant.ofEpochMilli(n))
                    : n >= EPOCH_SECONDS
                        ? Duration.between(now, Instant.ofEpochSecond(n))
                        : Duration.ofSeconds(n))
        .flatMap(RateHeaders::believable);
  }

  private static Optional<Long> number(String value) {
    try {
      return Optional.of(Long.parseLong(value.strip()));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> believable(Duration wait) {
    if (wait.isNegative()) {
      return Optional.of(Duration.ZERO);
    }
    return wait.compareTo(LONGEST) > 0 ? Optional.of(LONGEST) : Optional.of(wait);
  }
}
