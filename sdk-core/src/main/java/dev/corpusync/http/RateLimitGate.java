package dev.corpusync.http;

import dev.corpusync.sync.Time;
import java.time.Duration;
import java.time.Instant;

/** When a connection may ask again; shared by all that works for it. Safe for many threads. */
final class RateLimitGate {
  private final Time time;
  private Instant openFrom = Instant.MIN;

  RateLimitGate(Time time) {
    this.time = time;
  }

  /** Nobody asks before then. */
  synchronized void closeFor(Duration wait) {
    Instant until = time.now().plus(wait);
    openFrom = until.isAfter(openFrom) ? until : openFrom;
  }

  /** How long to wait before the next request; zero when it may go now. */
  synchronized Duration pause() {
    Instant now = time.now();
    return openFrom.isAfter(now) ? Duration.between(now, openFrom) : Duration.ZERO;
  }
}
