package dev.corpusync.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.error.UnavailableException;
import dev.corpusync.sync.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SchedulerTest {
  /** Stands still, and ends the scheduler's own thread after its first round. */
  private static final Time STILL =
      new Time() {
        @Override
        public Instant now() {
          return Instant.EPOCH;
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
          throw new InterruptedException("the test ticks by itself");
        }
      };

  @Test
  void one_connection_s_trouble_is_not_the_end_of_the_schedule() throws InterruptedException {
    for (RuntimeException trouble :
        List.of(new UnavailableException("away"), new IllegalStateException("listener"))) {
      CountDownLatch synced = new CountDownLatch(1);
      try (Scheduler scheduler =
          new Scheduler(
              STILL,
              key -> {
                if (key.id().equals("a")) {
                  throw trouble;
                }
                synced.countDown();
              })) {
        scheduler.add(new ConnectionKey("acme", "a"), Duration.ofMinutes(1));
        scheduler.add(new ConnectionKey("acme", "b"), Duration.ofMinutes(1));
        scheduler.tick();

        assertThat(synced.await(10, TimeUnit.SECONDS)).isTrue();
      }
    }
  }
}
