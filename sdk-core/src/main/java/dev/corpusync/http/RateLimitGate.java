package dev.corpusync.http;

import dev.corpusync.sync.Time;
import java.time.Duration;
import java.time.Instant;

/**
 * Holds back the requests of one connection while its rate limit is used up. Shared by all threads
 * and runs that work for the connection in this process. Safe for many threads.
 */
final class RateLimitGate {
  private final Time time;
  private Instant openFrom = Instant.MIN;
  private Duration longest = Duration.ZERO;

  RateLimitGate(Time time) {
    this.time = time;
  }

  /** Allows no request for this long from now; never shortens a longer wait. */
  synchronized void closeFor(Duration wait) {
    Instant until = time.now().plus(wait);
    longest = wait.compareTo(longest) > 0 || !openFrom.isAfter(time.now()) ? wait : longest;
    openFrom = until.isAfter(openFrom) ? until : openFrom;
  }

  /** Returns how long to wait before the next request; zero when it may be sent now. */
  synchronized Duration pause() {
    Instant now = time.now();
    if (openFrom.isAfter(now.plus(longest))) {
      // The clock was set back since: the wait is no longer than what was asked for.
      openFrom = now.plus(longest);
    }
    return openFrom.isAfter(now) ? Duration.between(now, openFrom) : Duration.ZERO;
  }
}
