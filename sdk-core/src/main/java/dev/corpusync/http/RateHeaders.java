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

/**
 * Reads from the headers of an answer how long to wait: {@code Retry-After} (RFC 9110, seconds or a
 * date; {@code Retry-After-Ms}), and its {@link RateLimits}. A wait that is not positive is
 * ignored.
 */
final class RateHeaders {
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final long EPOCH_SECONDS = 1_000_000_000L;
  private static final long EPOCH_MILLIS = 100_000_000_000L;
  private static final Pattern NUMBER = Pattern.compile("\\d{1,15}(\\.\\d{1,9})?");
  private static final Pattern UNIT = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ms|[smhd])");
  private final HttpExchange.Answer answer;
  private final Instant now;
  private final List<RateLimits.Limit> limits;

  /**
   * @param now our clock, for answers that do not say their own time
   */
  RateHeaders(HttpExchange.Answer answer, Instant now) {
    this.answer = answer;
    this.now = answer.header("date").flatMap(RateHeaders::date).orElse(now);
    limits = RateLimits.of(answer, this::moment);
  }

  static Optional<Instant> date(String header) {
    try {
      return Optional.of(
          ZonedDateTime.parse(header.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Whether this answer says that no request is left of some rate limit. */
  boolean isExhausted() {
    return limits.stream().anyMatch(RateLimits.Limit::isSpent);
  }

  /** How long to wait after "too many requests", where the answer names a plausible time. */
  Optional<Duration> waitOfLimit() {
    // GitHub's secondary limit comes with the reset of the primary one, an hour away, and requests
    // left: that reset says nothing then.
    boolean meant = isExhausted() || limits.stream().allMatch(l -> l.left().isEmpty());
    return retryAfter().or(() -> meant ? untilReset() : Optional.empty());
  }

  Optional<Duration> retryAfter() {
    return answer
        .header("retry-after")
        .flatMap(v -> seconds(v).or(() -> date(v).map(when -> Duration.between(now, when))))
        .or(
            () ->
                answer
                    .header("retry-after-ms")
                    .flatMap(v -> seconds(v))
                    .map(d -> d.dividedBy(1000)))
        .flatMap(RateHeaders::plausible);
  }

  /** How long until the last of the used-up limits is reset; of all limits when none is used up. */
  Optional<Duration> untilReset() {
    boolean exhausted = isExhausted();
    return limits.stream()
        .filter(l -> l.isSpent() || !exhausted)
        .flatMap(l -> l.reset().stream())
        .reduce(RateLimits::longer)
        .flatMap(RateHeaders::plausible);
  }

  /** Seconds to go, a moment since 1970 in seconds or milliseconds, a date, or "6m30s". */
  private Optional<Duration> moment(String value) {
    return seconds(value)
        .map(
            d ->
                d.toSeconds() >= EPOCH_MILLIS
                    ? Duration.between(now, Instant.ofEpochMilli(d.toSeconds()))
                    : d.toSeconds() >= EPOCH_SECONDS
                        ? Duration.between(now, Instant.ofEpochSecond(d.toSeconds()))
                        : d)
        .or(() -> isoDate(value))
        .or(() -> date(value).map(when -> Duration.between(now, when)))
        .or(() -> withUnits(value));
  }

  private Optional<Duration> isoDate(String value) {
    try {
      return Optional.of(Duration.between(now, OffsetDateTime.parse(value.strip()).toInstant()));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> withUnits(String value) {
    if (!value.strip().matches("(?:" + UNIT.pattern() + "){1,5}")) {
      return Optional.empty();
    }
    double seconds = 0;
    for (Matcher part = UNIT.matcher(value); part.find(); ) {
      double unit =
          switch (part.group(2)) {
            case "ms" -> 0.001;
            case "s" -> 1;
            case "m" -> 60;
            case "h" -> 3_600;
            default -> 86_400;
          };
      seconds += unit * Double.parseDouble(part.group(1));
    }
    return Optional.of(Duration.ofSeconds((long) Math.ceil(seconds)));
  }

  /** Rounded up: a second too long is a wait, a fraction too short is another refusal. */
  private static Optional<Duration> seconds(String value) {
    String text = value.strip();
    return NUMBER.matcher(text).matches()
        ? Optional.of(Duration.ofSeconds((long) Math.ceil(Double.parseDouble(text))))
        : Optional.empty();
  }

  private static Optional<Duration> plausible(Duration wait) {
    if (wait.isNegative() || wait.isZero()) {
      return Optional.empty();
    }
    Duration atLeast = wait.compareTo(SHORTEST) < 0 ? SHORTEST : wait;
    return Optional.of(atLeast.compareTo(LONGEST) > 0 ? LONGEST : atLeast);
  }
}
