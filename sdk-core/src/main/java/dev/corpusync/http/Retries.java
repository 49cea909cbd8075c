package dev.corpusync.http;

import dev.corpusync.error.SyncCancelledException;
import dev.corpusync.sync.Time;
import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Repeats what failed in a way that passes, with exponential back-off and full jitter. The only
 * class that sees Failsafe.
 */
final class Retries {
  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private final Time time;
  private final RandomGenerator random;
  private final int most;

  /** An attempt that failed in a way that passes. */
  static final class Passing extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Passing(String message, Throwable cause) {
      super(message, cause);
    }

    Passing(String message) {
      super(message);
    }
  }

  Retries(Time time, RandomGenerator random, int most) {
    this.time = time;
    this.random = random;
    this.most = most;
  }

  <T> T run(Supplier<T> attempt) {
    RetryPolicy<T> policy =
        RetryPolicy.<T>builder().handle(Passing.class).withMaxRetries(most).build();
    int[] attempts = {0};
    return Failsafe.with(policy)
        .get(
            () -> {
              // Failsafe would sleep by the wall clock; the wait before a repetition is taken on
              // the injected one (P12).
              if (attempts[0]++ > 0) {
                pause(time, jittered(attempts[0] - 1));
              }
              return attempt.get();
            });
  }

  private Duration jittered(int attempt) {
    long cap = Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(attempt - 1, 16));
    return Duration.ofMillis(random.nextLong(cap + 1));
  }

  static void pause(Time time, Duration duration) {
    try {
      time.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SyncCancelledException("interrupted while waiting to repeat a request", e);
    }
  }
}
