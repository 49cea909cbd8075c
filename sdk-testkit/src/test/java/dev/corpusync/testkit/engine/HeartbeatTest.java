package dev.corpusync.testkit.engine;

import static dev.corpusync.testkit.engine.Bench.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.artifact.Item;
import dev.corpusync.auth.Secret;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.Run.State;
import dev.corpusync.testkit.fake.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Leases are short and renewed in the background; what hangs loses them. */
class HeartbeatTest {
  private static final ConnectionKey OTHER = new ConnectionKey("acme", "other");
  private final Bench bench = new Bench().ticket("t1", "one");

  @AfterEach
  void close() {
    bench.close();
  }

  private boolean isFree() {
    return bench
        .store
        .leases()
        .tryAcquire(KEY, bench.time.now(), bench.time.now().plusSeconds(1))
        .isPresent();
  }

  private void connect(Corpusync engine, ConnectionKey key) {
    engine.connect(
        key,
        "bench",
        Map.of("base_url", bench.server.url().toString()),
        () -> Secret.of("bench-t0ken"));
  }

  @Test
  void a_request_that_takes_longer_than_a_lease_does_not_lose_it() {
    List<Boolean> free = new ArrayList<>();
    bench.server.before(
        n -> {
          for (int i = 0; i < 10; i++) {
            bench.time.beat();
            bench.time.advance(Duration.ofSeconds(40));
            free.add(isFree());
          }
        });
    try (Corpusync engine = bench.engine(new Tickets())) {
      assertThat(engine.sync(KEY).state()).isEqualTo(State.SUCCEEDED);
      assertThat(free).hasSize(10).containsOnly(false);
      assertThat(isFree()).as("released").isTrue();
    }
  }

  @Test
  void a_minute_after_its_process_has_died_a_connection_is_free() {
    bench.server.before(
        n -> {
          bench.time.advance(Duration.ofSeconds(59));
          assertThat(isFree()).isFalse();
          bench.time.advance(Duration.ofSeconds(1));
          assertThat(isFree()).isTrue();
        });
    try (Corpusync engine = bench.engine(new Tickets())) {
      assertThat(engine.sync(KEY).state()).isEqualTo(State.FENCED);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_connector_that_hangs_gives_its_slot_and_its_lease_to_others(boolean deaf)
      throws Exception {
    CountDownLatch hangs = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    AtomicBoolean first = new AtomicBoolean(true);
    Tickets hanging =
        new Tickets() {
          @Override
          public String id(Item ticket) {
            if (first.getAndSet(false)) {
              hangs.countDown();
              hang(mayEnd, deaf);
            }
            return super.id(ticket);
          }
        };
    try (Corpusync engine = bench.engine(b -> b.runsAtOnce(1, 1).prefetch(false), hanging)) {
      connect(engine, OTHER);
      CompletableFuture<Run> run = CompletableFuture.supplyAsync(() -> engine.sync(KEY));
      assertThat(hangs.await(30, TimeUnit.SECONDS)).isTrue();
      Run busy = engine.sync(OTHER);
      assertThat(busy.state()).isEqualTo(State.BUSY);
      assertThat(busy.message()).contains("1 in a process, 1 of a tenant");
      assertThat(busy.notBefore()).isPresent();
      for (int i = 0; i < 50; i++) {
        bench.time.beat();
      }
      if (!deaf) {
        assertThat(run.get(30, TimeUnit.SECONDS).state()).isIn(State.CANCELLED, State.SUCCEEDED);
      }
      assertThat(engine.sync(OTHER).state()).as("it has the slot").isEqualTo(State.SUCCEEDED);
      bench.time.advance(Duration.ofMinutes(1));
      bench.time.beat();
      assertThat(isFree()).as("another process may take over").isTrue();
      mayEnd.countDown();
      assertThat(run.get(30, TimeUnit.SECONDS).state()).isNotEqualTo(State.RUNNING);
    }
  }

  private static void hang(CountDownLatch until, boolean deaf) {
    while (until.getCount() > 0) {
      try {
        until.await();
      } catch (InterruptedException e) {
        if (!deaf) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
  }

  @Test
  void a_request_that_fails_is_counted() {
    try (Corpusync engine = bench.engine(new Tickets())) {
      bench.server.fault(1, Fault.status(400));
      Run failed = engine.sync(KEY);
      assertThat(failed.state()).isEqualTo(State.FAILED);
      assertThat(failed.counts().requests()).isEqualTo(1);
      assertThat(engine.runs(KEY, 1)).containsExactly(failed);
      Run next = engine.sync(KEY);
      assertThat(next.counts().requests()).isEqualTo(1);
      assertThat(engine.runs(KEY, 1)).containsExactly(next);
    }
  }
}
