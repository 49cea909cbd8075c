package dev.corpusync.sync;

import java.time.Duration;
import java.time.Instant;

/**
 * The clock of the engine, and its only way to wait (P12). Safe for many threads.
 *
 * @since 0.1
 */
public interface Time {
  Instant now();

  /** Returns after the duration. */
  void sleep(Duration duration) throws InterruptedException;

  static Time system() {
    return new Time() {
      @Override
      public Instant now() {
        return Instant.now();
      }

      @Override
      public void sleep(Duration duration) throws InterruptedException {
        Thread.sleep(duration.toMillis());
      }
    };
  }
}
