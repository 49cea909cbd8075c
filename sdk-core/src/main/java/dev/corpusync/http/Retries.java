package dev.corpusync.http;

import dev.corpusync.error.SyncCancelledException;
import dev.corpusync.sync.Time;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Repeats what failed in a way that passes, with exponential back-off and full jitter. The only
 * class that sees Failsafe. Safe for many threads.
 */
final class Retries {
  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private final Time time;
  private final RandomGenerator random;
  private final int most;
  private final RetryBudget budget;

  /** An attempt that failed in a way that passes. */
  static final class Passing extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Passing(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  Retries(Time time, RandomGenerator random, int most, RetryBudget budget) {
    this.time = time;
    this.random = random;
    this.most = most;
    this.budget = budget;
  }

  /** Whether the run may repeat no more. */
  boolean areSpent() {
    return budget.isSpent();
  }

  /**
   * @param over whether there is no time left for another attempt
   */
  <T> T run(Supplier<T> attempt, BooleanSupplier over) {
    RetryPolicy<T> policy =
        RetryPolicy.<T>builder()
            .handle(Passing.class)
            .abortIf((result, failure) -> budget.isSpent() || over.getAsBoolean())
            .withMaxRetries(most)
            .build();
    int[] attempts = {0};
    try {
      return Failsafe.with(policy)
          .get(
              () -> {
                // Failsafe would sleep by the wall clock; the wait before a repetition is taken on
                // the injected one (P12).
                if (attempts[0]++ == 0) {
                  budget.asked();
                } else {
                  budget.repeated();
                  pause(time, jittered(attempts[0] - 2));
                }
                return attempt.get();
              });
    } catch (FailsafeException e) {
      // Its own wait of zero is where it notices an interrupt, which it wraps.
      if (e.getCause() instanceof InterruptedException) {
        throw cancelled(e);
      }
      throw e;
    }
  }

  /** A wait that nobody told us, never zero: half is fixed, half is chance. */
  Duration untold(int refusal) {
    Duration cap = cap(refusal + 1);
    return cap.dividedBy(2).plus(upTo(cap.dividedBy(2)));
  }

  private Duration jittered(int retry) {
    return upTo(cap(retry));
  }

  private static Duration cap(int repetition) {
    return Duration.ofMillis(
        Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(repetition, 16)));
  }

  private Duration upTo(Duration cap) {
    // Few generators are safe for threads, and all connections share this one.
    synchronized (random) {
      return Duration.ofMillis(random.nextLong(cap.toMillis() + 1));
    }
  }

  static void pause(Time time, Duration duration) {
    try {
      time.sleep(duration);
    } catch (InterruptedException e) {
      throw cancelled(e);
    }
  }

  private static SyncCancelledException cancelled(Throwable e) {
    Thread.currentThread().interrupt();
    return new SyncCancelledException("interrupted while waiting to repeat a request", e);
  }
}
