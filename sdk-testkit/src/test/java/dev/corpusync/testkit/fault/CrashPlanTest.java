package dev.corpusync.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.auth.Authorizer;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.error.NotFoundException;
import dev.corpusync.extract.Api;
import dev.corpusync.extract.Call;
import dev.corpusync.http.HttpClients;
import dev.corpusync.memory.MemoryStore;
import dev.corpusync.store.Commit;
import dev.corpusync.store.Connections;
import dev.corpusync.sync.Fence;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeServer;
import dev.corpusync.testkit.time.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CrashPlanTest {
  private static final ConnectionKey KEY = new ConnectionKey("acme", "tracker");
  private final List<String> done = new ArrayList<>();

  private void threeSteps(CrashPlan plan) {
    for (String name : List.of("one", "two", "three")) {
      plan.step(name, () -> done.add(name));
    }
  }

  @Test
  void counting_kills_nobody_and_names_the_steps() {
    CrashPlan plan = CrashPlan.counting();
    threeSteps(plan);
    assertThat(plan.steps()).containsExactly("one", "two", "three");
    assertThat(plan.died()).isFalse();
  }

  @Test
  void before_a_step_it_has_no_effect() {
    CrashPlan plan = CrashPlan.before(2);
    assertThatThrownBy(() -> threeSteps(plan))
        .isInstanceOf(SimulatedCrash.class)
        .hasMessageContaining("before step 2, two");
    assertThat(done).containsExactly("one");
  }

  @Test
  void after_a_step_its_effect_stays() {
    CrashPlan plan = CrashPlan.after(2);
    assertThatThrownBy(() -> threeSteps(plan)).hasMessageContaining("after step 2, two");
    assertThat(done).containsExactly("one", "two");
  }

  @Test
  void after_a_step_that_failed_it_dies_too() {
    CrashPlan plan = CrashPlan.after(1);
    assertThatThrownBy(
            () ->
                plan.step(
                    "gone",
                    () -> {
                      throw new NotFoundException("gone");
                    }))
        .isInstanceOf(SimulatedCrash.class);
    assertThat(plan.died()).isTrue();
  }

  @Test
  void a_failure_without_a_crash_passes_through() {
    CrashPlan plan = CrashPlan.counting();
    assertThatThrownBy(
            () ->
                plan.step(
                    "gone",
                    () -> {
                      throw new NotFoundException("gone");
                    }))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void the_dead_do_nothing_more() {
    CrashPlan plan = CrashPlan.before(1);
    assertThatThrownBy(() -> threeSteps(plan)).isInstanceOf(SimulatedCrash.class);
    assertThatThrownBy(() -> threeSteps(plan))
        .isInstanceOf(SimulatedCrash.class)
        .hasMessageContaining("dead");
    assertThat(done).isEmpty();
    assertThat(plan.steps()).hasSize(1);
  }

  @Test
  void steps_of_many_threads_are_counted_one_by_one() throws Exception {
    CrashPlan plan = CrashPlan.before(500);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    Callable<Boolean> step =
        () -> {
          try {
            return plan.step("s", () -> true);
          } catch (SimulatedCrash e) {
            return false;
          }
        };
    threads.invokeAll(IntStream.range(0, 1000).mapToObj(i -> step).toList());
    threads.shutdown();
    assertThat(plan.steps()).hasSize(500);
    assertThat(plan.died()).isTrue();
  }

  @Test
  void each_request_is_a_step_that_the_server_sees_unless_death_came_before() {
    try (FakeServer server = FakeServer.serving(request -> Optional.of(FakeReply.json("[]")))) {
      CrashPlan before = CrashPlan.before(2);
      assertThatThrownBy(() -> twoCalls(server, before)).isInstanceOf(SimulatedCrash.class);
      assertThat(server.count()).isOne();
      CrashPlan after = CrashPlan.after(2);
      assertThatThrownBy(() -> twoCalls(server, after)).isInstanceOf(SimulatedCrash.class);
      assertThat(server.count()).isEqualTo(3);
      assertThat(after.steps()).containsExactly("exchange GET /a", "exchange GET /b");
    }
  }

  private static void twoCalls(FakeServer server, CrashPlan plan) {
    HttpClients clients = HttpClients.builder().time(new VirtualTime()).build();
    try (CrashingApiFactory apis = new CrashingApiFactory(clients, plan)) {
      Api api = apis.open(KEY, server.url(), Authorizer.none());
      api.send(Call.get("/a"));
      api.find(Call.get("/b"));
    }
  }

  @Test
  void a_part_of_the_store_that_was_taken_in_life_is_dead_after_it() {
    CrashPlan plan = CrashPlan.before(1);
    CrashingStore store = new CrashingStore(MemoryStore.open(), plan);
    Connections connections = store.connections();
    assertThat(connections.find(KEY)).isEmpty();
    Commit commit = Commit.under(new Fence(KEY, "generation", 1), "run").build();
    assertThatThrownBy(() -> store.commit(commit)).isInstanceOf(SimulatedCrash.class);
    assertThatThrownBy(() -> connections.find(KEY))
        .isInstanceOf(SimulatedCrash.class)
        .hasMessageContaining("Connections.find");
    assertThatThrownBy(store::leases).isInstanceOf(SimulatedCrash.class);
    assertThatThrownBy(store::corpus).isInstanceOf(SimulatedCrash.class);
    assertThatThrownBy(store::checkpoints).isInstanceOf(SimulatedCrash.class);
    assertThatThrownBy(store::journal).isInstanceOf(SimulatedCrash.class);
    assertThatThrownBy(store::outbox).isInstanceOf(SimulatedCrash.class);
  }
}
