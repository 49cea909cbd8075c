package dev.corpusync.testkit.http;

import dev.corpusync.sync.Time;
import dev.corpusync.testkit.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;

/** A clock whose every sleep is interrupted. */
final class InterruptedTime implements Time {
  @Override
  public Instant now() {
    return VirtualTime.START;
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    throw new InterruptedException("cancelled");
  }
}
