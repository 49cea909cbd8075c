package dev.corpusync.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Judges times that the store has kept. The clock that wrote them, our own or that of another
 * process, may have been ahead for years: such a time must not stop a connection until then.
 */
public final class StoredTimes {
  /** The clocks of the processes of one host differ by less. */
  private static final Duration SKEW = Duration.ofMinutes(10);

  /** No wait that an API asks for is believed to be longer. */
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  private StoredTimes() {}

  /** Returns the latest time at which something can have happened already. */
  public static Instant latest(Instant now) {
    return now.plus(SKEW);
  }

  /** Returns whether a moment is one at which something can have happened already. */
  static boolean isPast(Instant stored, Instant now) {
    return !stored.isAfter(latest(now));
  }

  /** Returns until when an API accepts no request; empty when that is over, or cannot be true. */
  static Optional<Instant> wait(Instant notBefore, Instant now) {
    return Optional.of(notBefore)
        .filter(now::isBefore)
        .filter(until -> !until.isAfter(latest(now).plus(LONGEST_WAIT)));
  }

  /** Returns the end of a wait that begins now, of any length and sign. */
  static Instant end(Duration wait, Instant now) {
    Duration positive = wait.isNegative() ? Duration.ZERO : wait;
    return now.plus(positive.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : positive);
  }

  /** Returns whether a lease that ends then can be one of this length that is held now. */
  public static boolean isLease(Instant until, Duration length, Instant now) {
    return !until.isAfter(latest(now).plus(length));
  }
}
