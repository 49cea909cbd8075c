package dev.corpusync.connection;

import java.time.LocalDate;
import java.util.Optional;

/**
 * Days from one to another, both included; an end that is empty is open.
 *
 * @since 0.1
 */
public record DateRange(Optional<LocalDate> from, Optional<LocalDate> to) {
  /** What a day looks like, as {@link Setting.Type#syntax} says it. */
  public static final String DAY = Syntax.DAY;

  /** How an open end is written. */
  public static final String OPEN = "..";

  public DateRange {
    if (from.isPresent() && to.isPresent() && from.get().isAfter(to.get())) {
      throw new IllegalArgumentException("a range of dates must start before it ends");
    }
  }

  public boolean contains(LocalDate day) {
    return from.map(f -> !day.isBefore(f)).orElse(true)
        && to.map(t -> !day.isAfter(t)).orElse(true);
  }

  /** As it is configured: {@code 2026-01-01/2026-03-31}, with {@code ..} for an open end. */
  @Override
  public String toString() {
    return from.map(LocalDate::toString).orElse(OPEN)
        + "/"
        + to.map(LocalDate::toString).orElse(OPEN);
  }
}
