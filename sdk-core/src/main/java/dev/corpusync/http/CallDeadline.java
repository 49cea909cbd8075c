package dev.corpusync.http;

import dev.corpusync.error.RateLimitedException;
import dev.corpusync.extract.Call;
import dev.corpusync.sync.Time;
import java.time.Duration;
import java.time.Instant;

/** How long one call has taken, and waited for its connection's budget. For one thread. */
final class CallDeadline {
  /** An attempt that is made at all is given time to end. */
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  private final Call call;
  private final RateLimitGate budget;
  private final HttpClients.Limits limits;
  private final Time time;
  private final Instant start;
  private Duration waited = Duration.ZERO;
  private int refusals;
  private boolean renewed;

  CallDeadline(Call call, RateLimitGate budget, HttpClients.Limits limits, Time time) {
    this.call = call;
    this.budget = budget;
    this.limits = limits;
    this.time = time;
    start = time.now();
  }

  /** How long the next attempt may take. */
  Duration left() {
    Duration left = limits.total().minus(Duration.between(start, time.now()));
    return left.compareTo(SHORTEST) < 0 ? SHORTEST : left;
  }

  /** Whether all the time of this call has been spent. */
  boolean isOver() {
    return !time.now().isBefore(start.plus(limits.total()));
  }

  /**
   * Waits until the budget is open, if that is soon; a long wait gives the worker back. Looks again
   * after each wait, since another thread may have been told to wait meanwhile.
   *
   * @throws RateLimitedException when all waits of this call together would be too long
   */
  void awaitBudget() {
    for (Duration pause = budget.pause(); !pause.isZero(); pause = budget.pause()) {
      if (waited.plus(pause).compareTo(limits.longestWait()) > 0) {
        throw new RateLimitedException(
            call
                + ": the API asks for a wait of "
                + pause.toSeconds()
                + " s. The next run goes on from the last commit",
            pause);
      }
      Retries.pause(time, pause);
      waited = waited.plus(pause);
    }
  }

  /** True the first time: credentials that are refused again will not be mended by more of it. */
  boolean mayRenew() {
    boolean first = !renewed;
    renewed = true;
    return first;
  }

  /** Counts one "too many", from 0: each wait that the API did not tell is longer than the last. */
  int refused() {
    return refusals++;
  }
}
