package dev.corpusync.connection;

import java.time.LocalDate;
import java.util.Optional;

/**
 * A range of days, both ends included; an empty end is open. A closed value.
 *
 * @since 0.1
 */
public record DateRange(Optional<LocalDate> from, Optional<LocalDate> to) {
  /** The regular expression of a day, as in {@link Setting.Type#syntax}. */
  public static final String DAY = ValueSyntax.DAY;

  /** The text of an open end. */
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

  /**
   * Returns the range as configured: {@code 2026-01-01/2026-03-31}, with {@code ..} for an open
   * end.
   */
  @Override
  public String toString() {
    return from.map(LocalDate::toString).orElse(OPEN)
        + "/"
        + to.map(LocalDate::toString).orElse(OPEN);
  }
}
