package dev.corpusync.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.error.UnavailableException;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
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

  private static Run run(ConnectionKey key, Run.State state, Optional<Instant> notBefore) {
    return Run.builder(key, "r")
        .state(state)
        .started(Instant.EPOCH)
        .ended(Instant.EPOCH)
        .build()
        .withNotBefore(notBefore);
  }

  /** Five hours pass as fast as they are slept through. */
  private static final class FiveHours implements Time {
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile Instant now = Instant.EPOCH;

    @Override
    public Instant now() {
      return now;
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
      now = now.plus(duration);
      if (now.isAfter(Instant.EPOCH.plus(Duration.ofHours(5)))) {
        over.countDown();
        throw new InterruptedException("the five hours are over");
      }
    }
  }

  /** The minutes at which a connection is synced whose first run ends like this. */
  private static List<Long> minutes(Duration every, Run.State first, Duration wait)
      throws InterruptedException {
    FiveHours time = new FiveHours();
    List<Long> synced = new CopyOnWriteArrayList<>();
    try (Scheduler scheduler =
        new Scheduler(
            time,
            key -> {
              synced.add(Duration.between(Instant.EPOCH, time.now()).toMinutes());
              return synced.size() == 1
                  ? run(key, first, Optional.of(Instant.EPOCH.plus(wait)))
                  : run(key, Run.State.SUCCEEDED, Optional.empty());
            })) {
      scheduler.add(new ConnectionKey("acme", "a"), every);
      assertThat(time.over.await(30, TimeUnit.SECONDS)).isTrue();
    }
    return synced;
  }

  @Test
  void a_rate_limited_run_continues_when_its_wait_is_over_and_not_an_interval_later()
      throws InterruptedException {
    assertThat(minutes(Duration.ofHours(24), Run.State.RATE_LIMITED, Duration.ofHours(1)))
        .containsExactly(0L, 60L);
  }

  @Test
  void nothing_is_run_while_the_api_accepts_no_request() throws InterruptedException {
    assertThat(minutes(Duration.ofMinutes(10), Run.State.RATE_LIMITED, Duration.ofMinutes(280)))
        .containsExactly(0L, 280L, 290L, 300L);
    assertThat(minutes(Duration.ofMinutes(100), Run.State.SUCCEEDED, Duration.ofMinutes(250)))
        .containsExactly(0L, 250L);
  }

  @Test
  void a_wait_that_is_over_before_the_interval_changes_nothing() throws InterruptedException {
    assertThat(minutes(Duration.ofMinutes(100), Run.State.SUCCEEDED, Duration.ofMinutes(5)))
        .containsExactly(0L, 100L, 200L, 300L);
  }

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
                return run(key, Run.State.SUCCEEDED, Optional.empty());
              })) {
        scheduler.add(new ConnectionKey("acme", "a"), Duration.ofMinutes(1));
        scheduler.add(new ConnectionKey("acme", "b"), Duration.ofMinutes(1));
        scheduler.tick();

        assertThat(synced.await(10, TimeUnit.SECONDS)).isTrue();
      }
    }
  }
}
