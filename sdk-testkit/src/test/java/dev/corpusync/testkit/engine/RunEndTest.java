package dev.corpusync.testkit.engine;

import static dev.corpusync.testkit.engine.Bench.KEY;
import static dev.corpusync.testkit.engine.Tickets.TICKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.artifact.Item;
import dev.corpusync.auth.Secret;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.engine.CorpusyncBuilder;
import dev.corpusync.error.EngineClosedException;
import dev.corpusync.error.StoreException;
import dev.corpusync.feed.Change;
import dev.corpusync.http.HttpClients;
import dev.corpusync.memory.MemoryStore;
import dev.corpusync.store.Store;
import dev.corpusync.sync.Counts;
import dev.corpusync.sync.Fence;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.Run.State;
import dev.corpusync.sync.RunListener;
import dev.corpusync.sync.Scope;
import dev.corpusync.testkit.fault.FailingStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** However a run ends, it is recorded, its lease is released, and its listeners are told. */
class RunEndTest {
  private static final int TICKETS = 3;
  private final Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.close();
  }

  private void tickets() {
    IntStream.rangeClosed(1, TICKETS).forEach(i -> bench.ticket("t" + i, "text " + i));
  }

  /** Notes the runs that began and ended. */
  private static final class Told implements RunListener {
    private final List<Run> started = new ArrayList<>();
    private final List<Run> ended = new ArrayList<>();

    @Override
    public synchronized void runStarted(Run run) {
      started.add(run);
    }

    @Override
    public synchronized void runEnded(Run run) {
      ended.add(run);
    }
  }

  /** Throws at one of its calls. */
  private static final class Throwing implements RunListener {
    private final int at;
    private final AtomicInteger calls = new AtomicInteger();

    Throwing(int at) {
      this.at = at;
    }

    private void call() {
      if (calls.incrementAndGet() == at) {
        throw new IllegalStateException("s3cret content");
      }
    }

    @Override
    public void runStarted(Run run) {
      call();
    }

    @Override
    public void pageCommitted(ConnectionKey key, Scope scope, Counts soFar) {
      call();
    }

    @Override
    public void noticed(ConnectionKey key, String what) {
      call();
    }

    @Override
    public void runEnded(Run run) {
      call();
    }
  }

  private CorpusyncBuilder on(Store store) {
    return Corpusync.builder(store)
        .connector(Bench.connector("bench", new Tickets()))
        .apis(HttpClients.builder().time(bench.time).random(new Random(1)).retries(1).build())
        .time(bench.time)
        .random(new Random(3))
        .parallelism(1);
  }

  private Corpusync connected(CorpusyncBuilder builder) {
    return bench.connected(builder, "bench");
  }

  private static boolean isLeaseFree(Bench bench) {
    Optional<Fence> fence =
        bench.store.leases().tryAcquire(KEY, bench.time.now(), bench.time.now().plusSeconds(60));
    fence.ifPresent(f -> bench.store.leases().release(f));
    return fence.isPresent();
  }

  @Test
  void a_listener_that_throws_at_any_call_changes_nothing_and_the_others_are_called() {
    tickets();
    int calls;
    try (Store store = MemoryStore.open()) {
      Throwing never = new Throwing(0);
      try (Corpusync engine = connected(on(store).listener(never))) {
        engine.sync(KEY);
      }
      calls = never.calls.get();
    }
    assertThat(calls).isGreaterThan(2);
    for (int at = 1; at <= calls; at++) {
      try (Store store = MemoryStore.open()) {
        Told first = new Told();
        Told last = new Told();
        CorpusyncBuilder builder =
            on(store).listener(first).listener(new Throwing(at)).listener(last);
        try (Corpusync engine = connected(builder)) {
          Run run = engine.sync(KEY);
          assertThat(run.state()).as("call " + at).isEqualTo(State.SUCCEEDED);
          assertThat(run.counts().stored()).isEqualTo(TICKETS);
          assertThat(first.ended).containsExactly(run);
          assertThat(last.ended).containsExactly(run);
          assertThat(last.started).hasSize(1);
        }
      }
    }
  }

  @Test
  void listeners_are_called_in_the_order_of_their_registration() {
    tickets();
    List<String> order = new ArrayList<>();
    CorpusyncBuilder builder = on(bench.store);
    for (String name : List.of("a", "b", "c")) {
      builder.listener(
          new RunListener() {
            @Override
            public void runEnded(Run run) {
              order.add(name);
            }
          });
    }
    try (Corpusync engine = connected(builder)) {
      engine.sync(KEY);
    }
    assertThat(order).containsExactly("a", "b", "c");
  }

  @Test
  void an_executor_that_rejects_any_task_costs_only_speed() {
    tickets();
    Run calm;
    try (Store store = MemoryStore.open();
        Corpusync engine = connected(on(store))) {
      calm = engine.sync(KEY);
    }
    for (int rejected : new int[] {1, 10, 0}) {
      AtomicInteger given = new AtomicInteger();
      Executor rejecting =
          work -> {
            int number = given.incrementAndGet();
            if (rejected == 0 || number == rejected) {
              throw new RejectedExecutionException("no room");
            }
            work.run();
          };
      try (Store store = MemoryStore.open();
          Corpusync engine = connected(on(store).executor(rejecting).parallelism(4))) {
        Run run = engine.sync(KEY);
        assertThat(run.state()).as("rejects task " + rejected).isEqualTo(State.SUCCEEDED);
        assertThat(run.counts()).isEqualTo(calm.counts());
      }
    }
  }

  @Test
  void an_error_of_a_connector_is_the_failure_of_its_run_and_no_more() {
    tickets();
    for (Error thrown :
        List.of(
            new StackOverflowError("s3cret content"),
            new NoClassDefFoundError("s3cret content"),
            new ExceptionInInitializerError("s3cret content"),
            new AssertionError("s3cret content"),
            new OutOfMemoryError("s3cret content"),
            new Error("s3cret content"))) {
      try (Bench fresh = new Bench()) {
        fresh.ticket("t1", "text");
        endsOnlyItsRun(fresh, thrown);
      }
    }
  }

  private static void endsOnlyItsRun(Bench bench, Error thrown) {
    Tickets broken =
        new Tickets() {
          @Override
          public String id(Item ticket) {
            throw thrown;
          }
        };
    Told told = new Told();
    try (Corpusync engine = bench.engine(builder -> builder.listener(told), broken)) {
      Run ended = engine.sync(KEY);
      assertThat(told.ended).containsExactly(ended);
      assertThat(ended.state()).isEqualTo(State.FAILED);
      assertThat(ended.counts().requests()).as("the page was asked for").isEqualTo(1);
      assertThat(ended.message())
          .contains(thrown.getClass().getSimpleName())
          .contains(RunEndTest.class.getSimpleName())
          .doesNotContain("s3cret");
      assertThat(engine.runs(KEY, 5)).extracting(Run::state).containsExactly(State.FAILED);
      assertThat(isLeaseFree(bench)).isTrue();
      assertThat(engine.health(KEY).reason()).isEqualTo(ended.message());
    }
  }

  @Test
  void a_store_that_fails_at_any_commit_ends_the_run_and_the_next_one_completes() {
    tickets();
    List<Change> calm;
    int commits = 0;
    try (Store store = MemoryStore.open();
        Corpusync engine = connected(on(store))) {
      engine.sync(KEY);
      calm = documents(engine);
    }
    for (FailingStore.How how : FailingStore.How.values()) {
      boolean reached = true;
      for (int commit = 1; reached; commit++) {
        try (Store store = MemoryStore.open()) {
          FailingStore failing = new FailingStore(store, how, commit);
          Told told = new Told();
          try (Corpusync engine = connected(on(failing).listener(told))) {
            reached = fails(engine, failing, told, how + " at commit " + commit);
            failing.heal();
            bench.time.advance(Duration.ofSeconds(1));
            assertThat(engine.sync(KEY).state()).isEqualTo(State.SUCCEEDED);
            assertThat(engine.runs(KEY, 10)).noneMatch(r -> r.state() == State.RUNNING);
            if (reached && how == FailingStore.How.FROM_THEN_ON && commit > 1) {
              assertThat(engine.runs(KEY, 10))
                  .extracting(Run::state)
                  .containsExactly(State.SUCCEEDED, State.ABANDONED);
            }
            assertThat(documents(engine)).hasToString(calm.toString());
          }
          commits = Math.max(commits, commit);
        }
      }
    }
    assertThat(commits).isGreaterThan(3);
  }

  /** Returns false when the run ended before the commit that would fail. */
  private static boolean fails(Corpusync engine, FailingStore failing, Told told, String where) {
    try {
      engine.sync(KEY);
      assertThat(failing.failed()).as(where).isFalse();
      return false;
    } catch (StoreException e) {
      assertThat(told.started).as(where).hasSize(1);
      assertThat(told.ended).as(where).hasSize(1);
      assertThat(told.ended.get(0).state()).as(where).isEqualTo(State.FAILED);
      assertThat(told.ended.get(0).message()).as(where).isEqualTo(e.getMessage());
      return true;
    }
  }

  private static List<Change> documents(Corpusync engine) {
    engine.changes(KEY.tenant(), "test").startOver();
    return Bench.changes(engine).stream()
        .sorted(java.util.Comparator.comparing(Object::toString))
        .toList();
  }

  @Test
  void a_run_that_loses_its_lease_says_that_it_was_fenced() {
    tickets();
    Told told = new Told();
    try (Corpusync engine = bench.engine(builder -> builder.listener(told), new Tickets())) {
      List<Fence> other = new ArrayList<>();
      bench.server.before(
          n -> {
            if (other.isEmpty()) {
              bench.time.advance(Duration.ofHours(2));
              other.add(
                  bench
                      .store
                      .leases()
                      .tryAcquire(KEY, bench.time.now(), bench.time.now().plusSeconds(60))
                      .orElseThrow());
            }
          });
      Run run = engine.sync(KEY);
      assertThat(run.state()).isEqualTo(State.FENCED);
      assertThat(told.ended).containsExactly(run);
      assertThat(engine.sync(KEY).state())
          .as("the other one keeps its lease")
          .isEqualTo(State.BUSY);
      bench.store.leases().release(other.get(0));
      assertThat(engine.sync(KEY).state()).isEqualTo(State.SUCCEEDED);
      assertThat(engine.runs(KEY, 5))
          .extracting(Run::state)
          .containsExactly(State.SUCCEEDED, State.ABANDONED);
    }
  }

  @Test
  void after_close_what_needs_the_engine_says_so_and_what_reads_the_store_works() {
    tickets();
    Corpusync engine = bench.engine(new Tickets());
    engine.sync(KEY);
    engine.close();
    engine.close();
    assertThatThrownBy(() -> engine.sync(KEY))
        .isInstanceOf(EngineClosedException.class)
        .hasMessageContaining("sync")
        .hasMessageContaining("closed");
    for (Runnable call :
        List.<Runnable>of(
            () -> engine.resync(KEY),
            () -> engine.refresh(KEY, List.of(TICKET.ref("t1"))),
            () -> engine.approve(KEY, "p"),
            () -> engine.dismiss(KEY, "p"),
            () -> engine.connect(KEY, "bench", Map.of(), () -> Secret.of("x")),
            () -> engine.reconnect(KEY, () -> Secret.of("x")),
            () -> engine.reconfigure(KEY, Map.of()),
            () -> engine.pause(KEY),
            () -> engine.resume(KEY),
            () -> engine.schedule(KEY, Duration.ofMinutes(1)),
            () -> engine.disconnect(KEY),
            engine::recover)) {
      assertThatThrownBy(call::run).isInstanceOf(EngineClosedException.class);
    }
    assertThat(engine.runs(KEY, 5)).hasSize(1);
    assertThat(engine.health(KEY).reason()).isEmpty();
  }
}
