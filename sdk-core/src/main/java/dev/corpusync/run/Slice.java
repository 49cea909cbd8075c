package dev.corpusync.run;

import dev.corpusync.sync.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * What a run, or one scope of it, may use before it yields: time and requests. Safe for many
 * threads.
 */
final class Slice {
  private final Time time;
  private final LongSupplier requests;
  private final Instant end;
  private final long mostRequests;

  private Slice(Time time, LongSupplier requests, Instant end, long mostRequests) {
    this.time = time;
    this.requests = requests;
    this.end = end;
    this.mostRequests = mostRequests;
  }

  /**
   * @param requests how many the run has sent
   */
  static Slice begin(RunConfig config, LongSupplier requests) {
    return new Slice(
        config.time(),
        requests,
        config.time().now().plus(config.yieldAfter()),
        config.yieldAfterRequests());
  }

  boolean isUsedUp() {
    return !time.now().isBefore(end) || requests.getAsLong() >= mostRequests;
  }

  /**
   * Returns a half of what is left: a scope that never ends leaves the other half to the others.
   */
  Slice half() {
    Instant now = time.now();
    Duration left = now.isBefore(end) ? Duration.between(now, end) : Duration.ZERO;
    long sent = requests.getAsLong();
    return new Slice(
        time,
        requests,
        now.plus(left.dividedBy(2)),
        sent + Math.max(0, mostRequests - sent) / 2 + 1);
  }
}
