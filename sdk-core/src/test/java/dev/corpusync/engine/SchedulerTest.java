package dev.corpusync.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.error.UnavailableException;
import dev.corpusync.run.RunSlots;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
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

  /** Each sync works within the tick that begins it. */
  private static Scheduler scheduler(Time time, Function<ConnectionKey, Run> sync) {
    return new Scheduler(time, new RunSlots(4, 4), (key, slot) -> sync.apply(key), Runnable::run);
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
        scheduler(
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
    for (Throwable trouble :
        List.of(
            new UnavailableException("away"),
            new IllegalStateException("listener"),
            new NoClassDefFoundError("com/example/Missing"),
            new StackOverflowError(),
            new OutOfMemoryError("a large array"),
            new AssertionError("never"))) {
      CountDownLatch synced = new CountDownLatch(1);
      try (Scheduler scheduler =
          scheduler(
              STILL,
              key -> {
                if (key.id().equals("a")) {
                  Thread.currentThread().interrupt();
                  throw SchedulerTest.<RuntimeException>unchecked(trouble);
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

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> RuntimeException unchecked(Throwable thrown) throws T {
    throw (T) thrown;
  }

  private static ConnectionKey key(String tenant, int number) {
    return new ConnectionKey(tenant, tenant + String.format("%03d", number));
  }

  /** Begins what is due, and ends one after the other when told to. */
  private static final class Bench implements AutoCloseable {
    final RunSlots slots = new RunSlots(4, 3);
    final List<ConnectionKey> begun = new CopyOnWriteArrayList<>();
    final Deque<Runnable> waiting = new ConcurrentLinkedDeque<>();
    final Map<ConnectionKey, Run.State> ends = new HashMap<>();
    Instant now = Instant.EPOCH;
    final Scheduler scheduler =
        new Scheduler(
            new Time() {
              @Override
              public Instant now() {
                return now;
              }

              @Override
              public void sleep(Duration duration) throws InterruptedException {
                throw new InterruptedException("the test ticks by itself");
              }
            },
            slots,
            (key, slot) -> {
              begun.add(key);
              return run(key, ends.getOrDefault(key, Run.State.SUCCEEDED), Optional.empty());
            },
            waiting::add);

    /** Adds without the thread of the scheduler, which would tick too. */
    void add(ConnectionKey key, Duration every) {
      scheduler.add(key, every);
    }

    @Override
    public void close() {
      scheduler.close();
    }
  }

  @Test
  void a_tenant_with_many_connections_does_not_starve_another() throws InterruptedException {
    try (Bench bench = new Bench()) {
      for (int i = 0; i < 200; i++) {
        bench.add(key("big", i), Duration.ofHours(1));
      }
      settle(bench);
      bench.now = bench.now.plusSeconds(1);
      bench.add(key("small", 1), Duration.ofHours(1));
      bench.add(key("other", 1), Duration.ofHours(1));
      settle(bench);
      assertThat(bench.slots.of("big")).as("never more than three at once").isEqualTo(3);
      assertThat(bench.slots.of("other")).isEqualTo(1);
      end(bench);
      settle(bench);
      assertThat(bench.slots.of("small")).as("the next free slot").isEqualTo(1);
      while (!bench.waiting.isEmpty()) {
        end(bench);
        settle(bench);
        assertThat(bench.slots.of("big")).isLessThanOrEqualTo(3);
      }
      assertThat(bench.begun).doesNotHaveDuplicates().hasSize(202);
    }
  }

  /** Ticks until nothing more can begin, whatever the scheduler's own thread has begun. */
  private static void settle(Bench bench) {
    bench.scheduler.tick();
  }

  private static void end(Bench bench) {
    bench.waiting.remove().run();
  }

  @Test
  void a_slow_connection_delays_no_other() {
    try (Bench bench = new Bench()) {
      bench.add(key("a", 1), Duration.ofMinutes(1));
      settle(bench);
      Runnable slow = bench.waiting.remove();
      bench.add(key("a", 2), Duration.ofMinutes(1));
      for (int minute = 0; minute < 10; minute++) {
        settle(bench);
        end(bench);
        bench.now = bench.now.plus(Duration.ofMinutes(1));
      }
      assertThat(bench.begun).containsOnly(key("a", 2)).hasSize(10);
      slow.run();
      settle(bench);
      assertThat(bench.waiting).as("it is due again").hasSize(2);
    }
  }

  @Test
  void a_run_that_yields_is_due_at_once_after_those_that_are_due() {
    try (Bench bench = new Bench()) {
      ConnectionKey endless = key("a", 1);
      bench.ends.put(endless, Run.State.YIELDED);
      bench.add(endless, Duration.ofHours(1));
      settle(bench);
      for (int i = 2; i < 5; i++) {
        bench.add(key("a", i), Duration.ofHours(1));
      }
      settle(bench);
      assertThat(bench.waiting).hasSize(3);
      bench.now = bench.now.plusSeconds(900);
      end(bench);
      settle(bench);
      assertThat(bench.begun).containsExactly(endless);
      for (int i = 0; i < 4; i++) {
        end(bench);
        settle(bench);
      }
      assertThat(bench.begun)
          .containsExactly(endless, key("a", 2), key("a", 3), key("a", 4), endless);
    }
  }

  @Test
  void what_is_scheduled_is_listed_until_it_is_unscheduled() {
    try (Bench bench = new Bench()) {
      bench.add(key("a", 1), Duration.ofHours(1));
      bench.add(key("a", 2), Duration.ofMinutes(1));
      settle(bench);
      assertThat(bench.scheduler.list())
          .containsExactly(
              new Scheduled(key("a", 2), Duration.ofMinutes(1), Instant.EPOCH.plusSeconds(60)),
              new Scheduled(key("a", 1), Duration.ofHours(1), Instant.EPOCH.plusSeconds(3600)));
      bench.scheduler.remove(key("a", 1));
      end(bench);
      end(bench);
      assertThat(bench.scheduler.list()).extracting(Scheduled::key).containsExactly(key("a", 2));
    }
  }

  @Test
  void a_clock_that_was_ahead_for_years_does_not_end_the_schedule() {
    try (Bench bench = new Bench()) {
      bench.now = Instant.EPOCH.plus(Duration.ofDays(3650));
      bench.add(key("a", 1), Duration.ofHours(1));
      settle(bench);
      end(bench);
      bench.now = Instant.EPOCH;
      settle(bench);
      assertThat(bench.waiting).hasSize(1);
    }
  }
}
