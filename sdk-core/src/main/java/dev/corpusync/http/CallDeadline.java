package dev.corpusync.http;

import dev.corpusync.error.RateLimitedException;
import dev.corpusync.extract.Call;
import dev.corpusync.sync.Time;
import java.time.Duration;
import java.time.Instant;

/**
 * The deadline of one call, over all its attempts, retries and waits, with the counts that belong
 * to it. For one thread.
 */
final class CallDeadline {
  /** An attempt that is made at all is given time to end. */
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  private final Call call;
  private final RateLimitGate gate;
  private final HttpClients.Limits limits;
  private final Time time;
  private final Instant start;
  private Duration waited = Duration.ZERO;
  private int attempts;
  private int refusals;
  private boolean renewed;

  CallDeadline(Call call, RateLimitGate gate, HttpClients.Limits limits, Time time) {
    this.call = call;
    this.gate = gate;
    this.limits = limits;
    this.time = time;
    start = time.now();
  }

  /** How long the next attempt may take. */
  Duration left() {
    Duration left = limits.total().minus(Duration.between(start, time.now()));
    return left.compareTo(SHORTEST) < 0 ? SHORTEST : left;
  }

  /** Whether the deadline has passed. */
  boolean isOver() {
    return !time.now().isBefore(start.plus(limits.total()));
  }

  /** The number of the attempt that was begun last, from 1. */
  int attempt() {
    return attempts;
  }

  /**
   * Counts an attempt, and waits before it while the rate limit is closed, if that is not long; a
   * long wait gives the worker back. Looks again after each wait, since another thread may have
   * been told to wait meanwhile.
   *
   * @throws RateLimitedException when all waits of this call together would be too long
   */
  void beginAttempt() {
    attempts++;
    for (Duration pause = gate.pause(); !pause.isZero(); pause = gate.pause()) {
      if (waited.plus(pause).compareTo(limits.longestWait()) > 0) {
        throw new RateLimitedException(
            call
                + ": the API asks for a wait of "
                + pause.toSeconds()
                + " s. The next run continues from the last commit",
            pause);
      }
      Retries.pause(time, pause);
      waited = waited.plus(pause);
    }
  }

  /** True the first time: credentials that are refused again are not renewed again. */
  boolean mayRenew() {
    boolean first = !renewed;
    renewed = true;
    return first;
  }

  /**
   * Counts a "too many requests" and returns how many there were before it: each wait that the API
   * does not name is longer than the last.
   */
  int countRefusal() {
    return refusals++;
  }
}
