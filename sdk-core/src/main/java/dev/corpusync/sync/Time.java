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

  /** What is repeated until it is closed. */
  interface Repetition extends AutoCloseable {
    /** Ends it and returns at once; a call of the task that has begun is finished. */
    @Override
    void close();
  }

  /**
   * Calls a task again and again, each time an interval after the last call has ended, until that
   * is closed: on a daemon thread that {@linkplain #sleep sleeps} in between, unless a clock does
   * it in another way.
   *
   * @param task must not throw
   */
  default Repetition every(Duration interval, Runnable task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                while (!Thread.currentThread().isInterrupted()) {
                  sleep(interval);
                  task.run();
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "corpusync-heartbeat");
    thread.setDaemon(true);
    thread.start();
    return thread::interrupt;
  }

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
