package dev.corpusync.http;

import dev.corpusync.error.SyncCancelledException;
import dev.corpusync.sync.Time;
import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Retries requests with Failsafe: exponential backoff with full jitter, within the retry budget of
 * the run and the deadline of the call. Safe for many threads.
 */
final class Retries {
  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final int UNLIMITED = -1;
  private final Time time;
  private final RandomGenerator random;
  private final int most;
  private final RetryBudget budget;

  /** An attempt that failed, and whose repetition may succeed. */
  static final class TransientFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TransientFailure(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  Retries(Time time, RandomGenerator random, int most, RetryBudget budget) {
    this.time = time;
    this.random = random;
    this.most = most;
    this.budget = budget;
  }

  /** Whether the run may retry no more. */
  boolean areSpent() {
    return budget.isSpent();
  }

  /**
   * Runs an attempt, and again after each {@link TransientFailure}, until it succeeds, or neither
   * retries, nor budget, nor time are left; then throws the last failure.
   *
   * @param isOver whether no time is left for another attempt
   */
  <T> T run(Supplier<T> attempt, BooleanSupplier isOver) {
    RetryPolicy<T> policy =
        RetryPolicy.<T>builder()
            .handle(TransientFailure.class)
            .abortIf((result, failure) -> budget.isSpent() || isOver.getAsBoolean())
            .withMaxRetries(most)
            // Failsafe's own jitter draws from a generator that cannot be replaced (P12).
            .withDelayFn(context -> upTo(cap(context.getAttemptCount() - 1)))
            .onRetryScheduled(event -> budget.countRetry())
            .build();
    budget.countRequest();
    return onThisThread(policy, attempt);
  }

  /**
   * Runs an attempt at once again for as long as it returns empty. The attempt itself waits, and
   * sees to an end.
   */
  <T> T untilPresent(Supplier<Optional<T>> attempt) {
    RetryPolicy<Optional<T>> policy =
        RetryPolicy.<Optional<T>>builder()
            .handleResultIf(Optional::isEmpty)
            // Without it a policy for results repeats after every exception as well.
            .abortOn(Throwable.class)
            .withMaxRetries(UNLIMITED)
            .build();
    return onThisThread(policy, attempt).orElseThrow();
  }

  private <T> T onThisThread(RetryPolicy<T> policy, Supplier<T> attempt) {
    CallingThreadScheduler scheduler = new CallingThreadScheduler(time);
    CompletableFuture<T> result =
        Failsafe.with(policy).with(scheduler).getAsync(() -> attempt.get());
    scheduler.runAll();
    try {
      return result.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      // No attempt throws a checked exception: it is Failsafe's, which looks for an interrupt.
      Thread.currentThread().interrupt();
      throw new SyncCancelledException("interrupted during a request", e);
    }
  }

  /** The wait after a rate limit that names none; never zero: half is fixed, half is random. */
  Duration waitAfterRefusals(int refusals) {
    Duration cap = cap(refusals + 1);
    return cap.dividedBy(2).plus(upTo(cap.dividedBy(2)));
  }

  private static Duration cap(int retry) {
    return Duration.ofMillis(Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(retry, 16)));
  }

  private Duration upTo(Duration cap) {
    // Few generators are safe for threads, and all connections share this one.
    synchronized (random) {
      return Duration.ofMillis(random.nextLong(cap.toMillis() + 1));
    }
  }

  /**
   * Sleeps on the injected clock.
   *
   * @throws SyncCancelledException when the thread is interrupted; it stays interrupted
   */
  static void pause(Time time, Duration duration) {
    try {
      time.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SyncCancelledException("interrupted while waiting to repeat a request", e);
    }
  }
}
