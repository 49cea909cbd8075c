package dev.corpusync.http;

import dev.corpusync.error.RateLimitedException;
import dev.corpusync.extract.Call;
import dev.corpusync.sync.Time;
import java.time.Duration;

/** How long one call has waited for its connection's budget. For one thread. */
final class Patience {
  private final Call call;
  private final RateBudget budget;
  private final Duration longest;
  private final Time time;
  private Duration waited = Duration.ZERO;
  private int refusals;
  private boolean renewed;

  Patience(Call call, RateBudget budget, Duration longest, Time time) {
    this.call = call;
    this.budget = budget;
    this.longest = longest;
    this.time = time;
  }

  /**
   * Waits until the budget is open, if that is soon; a long wait gives the worker back. Looks again
   * after each wait, since another thread may have been told to wait meanwhile.
   *
   * @throws RateLimitedException when all waits of this call together would be too long
   */
  void awaitBudget() {
    for (Duration pause = budget.pause(); !pause.isZero(); pause = budget.pause()) {
      if (waited.plus(pause).compareTo(longest) > 0) {
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
