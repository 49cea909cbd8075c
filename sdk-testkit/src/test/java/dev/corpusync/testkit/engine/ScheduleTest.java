package dev.corpusync.testkit.engine;

import static dev.corpusync.testkit.engine.Bench.KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.artifact.Item;
import dev.corpusync.auth.Secret;
import dev.corpusync.connection.Connection;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.engine.Scheduled;
import dev.corpusync.error.ConnectionNotFoundException;
import dev.corpusync.http.HttpClients;
import dev.corpusync.memory.MemoryStore;
import dev.corpusync.store.Store;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.Run.State;
import dev.corpusync.sync.RunListener;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeServer;
import dev.corpusync.testkit.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One connection's connector, whatever it does, is no other connection's trouble. */
class ScheduleTest {
  private static final ConnectionKey BROKEN = new ConnectionKey("acme", "broken");
  private final Bench bench = new Bench().ticket("t1", "one");
  private final CountDownLatch mayEnd = new CountDownLatch(1);

  @AfterEach
  void close() {
    mayEnd.countDown();
    bench.close();
  }

  private Corpusync engine(Runnable trouble, RunListener listener) {
    Tickets broken =
        new Tickets() {
          @Override
          public String id(Item ticket) {
            trouble.run();
            return super.id(ticket);
          }
        };
    Corpusync engine =
        bench.connected(
            bench
                .builder("bench", new Tickets())
                .connector(Bench.connector("broken", broken))
                .listener(listener),
            "bench");
    engine.connect(
        BROKEN,
        "broken",
        Map.of("base_url", bench.server.url().toString()),
        () -> Secret.of("bench-t0ken"));
    return engine;
  }

  @Test
  void whatever_a_connector_throws_or_does_to_its_thread_the_schedule_continues()
      throws InterruptedException {
    AtomicInteger number = new AtomicInteger();
    List<Error> errors =
        List.of(
            new NoClassDefFoundError("com/example/Missing"),
            new StackOverflowError(),
            new OutOfMemoryError("a large array"),
            new AssertionError("never"),
            new ThreadDeath());
    CountDownLatch failed = new CountDownLatch(2 * errors.size());
    CountDownLatch synced = new CountDownLatch(5);
    Runnable trouble =
        () -> {
          Thread.currentThread().interrupt();
          throw errors.get(number.getAndIncrement() % errors.size());
        };
    RunListener listener =
        new RunListener() {
          @Override
          public void runEnded(Run run) {
            if (run.key().equals(KEY) && run.state() == State.SUCCEEDED) {
              synced.countDown();
            } else if (run.key().equals(BROKEN)) {
              failed.countDown();
            }
          }
        };
    try (Corpusync engine = engine(trouble, listener)) {
      engine.schedule(BROKEN, Duration.ofMinutes(1));
      engine.schedule(KEY, Duration.ofMinutes(1));
      assertThat(failed.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(synced.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(engine.runs(BROKEN, 3).subList(1, 3))
          .extracting(Run::state)
          .containsOnly(State.FAILED);
    }
  }

  @Test
  void a_connector_that_hangs_holds_up_no_other_connection() throws InterruptedException {
    CountDownLatch hangs = new CountDownLatch(1);
    CountDownLatch synced = new CountDownLatch(3);
    Runnable trouble =
        () -> {
          hangs.countDown();
          while (mayEnd.getCount() > 0) {
            try {
              mayEnd.await();
            } catch (InterruptedException e) {
              // deaf to it
            }
          }
        };
    RunListener listener =
        new RunListener() {
          @Override
          public void runEnded(Run run) {
            if (run.key().equals(KEY)) {
              synced.countDown();
            }
          }
        };
    try (Corpusync engine = engine(trouble, listener)) {
      engine.schedule(BROKEN, Duration.ofMinutes(1));
      assertThat(hangs.await(30, TimeUnit.SECONDS)).isTrue();
      engine.schedule(KEY, Duration.ofSeconds(2));
      assertThat(synced.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(engine.scheduled()).extracting(Scheduled::key).contains(KEY, BROKEN);
      engine.unschedule(KEY);
      assertThat(engine.scheduled()).extracting(Scheduled::key).containsExactly(BROKEN);
      mayEnd.countDown();
    }
  }

  @Test
  void to_recover_leaves_alone_what_another_process_is_making() {
    VirtualTime time = new VirtualTime();
    List<ConnectionKey> erased = new ArrayList<>();
    List<Runnable> during = new ArrayList<>();
    try (Store store = MemoryStore.open();
        FakeServer server =
            FakeServer.serving(
                request -> {
                  during.forEach(Runnable::run);
                  return Optional.ofNullable(Rooms.answers().get(request.path()))
                      .map(FakeReply::json);
                });
        Corpusync first = rooms(store, time);
        Corpusync second = rooms(store, time)) {
      during.add(() -> erased.addAll(second.recover()));
      first.connect(KEY, "rooms", settings(server), () -> Secret.of("a-t0ken"));
      assertThat(erased).isEmpty();
      assertThat(store.connections().find(KEY).orElseThrow().state())
          .isEqualTo(Connection.State.ACTIVE);
      assertThat(second.recover()).as("a finished one is not unfinished").isEmpty();

      during.clear();
      during.add(
          () -> {
            throw new AssertionError("the process that connects dies here");
          });
      ConnectionKey half = new ConnectionKey("acme", "half");
      store
          .connections()
          .create(
              store
                  .connections()
                  .find(KEY)
                  .map(
                      c ->
                          new Connection(
                              half,
                              c.connector(),
                              "g2",
                              c.settings(),
                              Connection.State.CONNECTING,
                              Optional.empty()))
                  .orElseThrow());
      store.leases().tryAcquire(half, time.now(), time.now().plus(Duration.ofMinutes(5)));
      assertThat(second.recover()).as("its process may live").isEmpty();
      time.advance(Duration.ofMinutes(5));
      assertThat(second.recover()).containsExactly(half);
      assertThatThrownBy(() -> second.health(half)).isInstanceOf(ConnectionNotFoundException.class);
    }
  }

  private static Map<String, String> settings(FakeServer server) {
    return Map.of("base_url", server.url().toString(), "rooms", "a", "topic", "old");
  }

  private static Corpusync rooms(Store store, VirtualTime time) {
    return Corpusync.builder(store)
        .connector(new Rooms())
        .apis(HttpClients.builder().time(time).random(new Random(1)).build())
        .time(time)
        .random(new Random(3))
        .build();
  }
}
