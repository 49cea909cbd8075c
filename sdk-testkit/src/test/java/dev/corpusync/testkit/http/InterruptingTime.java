package dev.corpusync.testkit.http;

import dev.corpusync.sync.Time;
import dev.corpusync.testkit.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;

/** A clock that interrupts the thread that reads it for the n-th time. */
final class InterruptingTime implements Time {
  private int looks;

  InterruptingTime(int looks) {
    this.looks = looks;
  }

  @Override
  public Instant now() {
    if (--looks == 0) {
      Thread.currentThread().interrupt();
    }
    return VirtualTime.START;
  }

  @Override
  public void sleep(Duration duration) {
    throw new AssertionError("slept though interrupted");
  }
}
