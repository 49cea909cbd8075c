package dev.corpusync.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.auth.Secret;
import dev.corpusync.connection.Connection;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.memory.MemoryStore;
import dev.corpusync.sync.Run;
import dev.corpusync.testkit.fault.CrashPlan;
import dev.corpusync.testkit.fault.SimulatedCrash;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A process dies at any step of a connection's life: the same call, or recovery, completes it. */
class LifecycleCrashTest extends ConnectionRig {
  /** Something that is done to a connection, and what must then be true. */
  private record Act(String name, boolean connected, Consumer<Corpusync> does, Runnable holds) {}

  private List<Act> acts() {
    return List.of(
        new Act(
            "connect",
            false,
            this::connect,
            () -> {
              Connection made = store.connections().find(KEY).orElseThrow();
              assertThat(made.state()).isEqualTo(Connection.State.ACTIVE);
              assertThat(made.account()).isPresent();
              assertThat(isSecretKept()).isTrue();
            }),
        new Act(
            "reconnect",
            true,
            engine -> engine.reconnect(KEY, Secret.of("another-s3cret")),
            () -> assertThat(isSecretKept()).isTrue()),
        new Act(
            "reconfigure",
            true,
            engine -> engine.reconfigure(KEY, settings("c", "new")),
            () ->
                assertThat(store.connections().find(KEY).orElseThrow().settings().values())
                    .containsEntry("rooms", "c")),
        new Act(
            "disconnect",
            true,
            engine -> engine.disconnect(KEY),
            () -> {
              assertThat(store.connections().list("acme")).isEmpty();
              assertThat(isSecretKept()).isFalse();
              assertThat(documents()).isEmpty();
            }));
  }

  @Test
  void after_a_death_at_any_step_the_same_call_continues() {
    int points = 0;
    for (Act act : acts()) {
      int steps = undisturbed(act);
      assertThat(steps).as(act.name()).isPositive();
      for (int step = 1; step <= steps; step++) {
        for (CrashPlan plan : List.of(CrashPlan.before(step), CrashPlan.after(step))) {
          prepare(act);
          dies(act, plan);
          try (Corpusync engine = engine()) {
            act.does().accept(engine);
          }
          act.holds().run();
          points++;
        }
      }
    }
    System.out.println("deaths in the life of a connection: " + points);
  }

  @Test
  void after_a_death_at_any_step_recovery_leaves_nothing_half() {
    for (Act act : acts()) {
      int steps = undisturbed(act);
      for (int step = 1; step <= steps; step++) {
        for (CrashPlan plan : List.of(CrashPlan.before(step), CrashPlan.after(step))) {
          prepare(act);
          dies(act, plan);
          try (Corpusync engine = engine()) {
            engine.recover();
            assertThat(store.connections().unfinished()).as("%s, %s", act.name(), plan).isEmpty();
            List<Connection> left = store.connections().list("acme");
            assertThat(isSecretKept())
                .as("%s, %s: a secret is kept exactly as long as a connection", act.name(), plan)
                .isEqualTo(!left.isEmpty());
            if (left.isEmpty()) {
              assertThat(documents()).isEmpty();
            } else {
              assertThat(engine.sync(KEY).state()).isEqualTo(Run.State.SUCCEEDED);
            }
          }
        }
      }
    }
  }

  private int undisturbed(Act act) {
    prepare(act);
    CrashPlan counting = CrashPlan.counting();
    try (Corpusync engine = engine(counting)) {
      act.does().accept(engine);
      act.holds().run();
    }
    return counting.steps().size();
  }

  private void prepare(Act act) {
    store = MemoryStore.open();
    if (act.connected()) {
      try (Corpusync engine = engine()) {
        connect(engine);
        engine.sync(KEY);
      }
    }
  }

  private void dies(Act act, CrashPlan plan) {
    try (Corpusync engine = engine(plan)) {
      act.does().accept(engine);
    } catch (SimulatedCrash died) {
      // as planned
    }
    assertThat(plan.died()).as("%s reached %s", act.name(), plan).isTrue();
  }
}
