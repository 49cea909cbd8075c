package dev.corpusync.testkit.engine;

import static dev.corpusync.testkit.engine.Bench.KEY;
import static dev.corpusync.testkit.engine.Tickets.TICKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.corpusync.engine.Corpusync;
import dev.corpusync.error.StoreException;
import dev.corpusync.store.Commit;
import dev.corpusync.store.CommitResult;
import dev.corpusync.sync.HeldDeletion;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.Run.State;
import dev.corpusync.sync.Scope;
import dev.corpusync.testkit.fault.ForwardingStore;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sharp drops wait for a person (P7). */
class HeldDeletionTest {
  private final Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.close();
  }

  private Bench tickets(int count) {
    IntStream.rangeClosed(1, count).forEach(i -> bench.ticket("t" + i, "text " + i));
    return bench;
  }

  @Test
  void a_sharp_drop_is_held_while_updates_continue_and_the_host_decides() {
    tickets(100);
    try (Corpusync engine = bench.engine(new Tickets())) {
      engine.sync(KEY);
      IntStream.rangeClosed(1, 40).forEach(i -> bench.remove("/tickets", "t" + i));
      bench.ticket("t50", "changed");
      Run run = engine.resync(KEY);
      assertThat(run.state()).isEqualTo(State.NEEDS_REVIEW);
      assertThat(run.message()).contains("40 of 100").contains("held");
      assertThat(run.counts().deleted()).isZero();
      assertThat(run.counts().stored()).isEqualTo(1);
      HeldDeletion plan = engine.heldDeletions(KEY).get(0);
      assertThat(plan.missing()).isEqualTo(40);

      bench.ticket("t7", "it is back");
      engine.sync(KEY);
      Run approved = engine.approve(KEY, plan.plan());
      assertThat(approved.counts().deleted())
          .as("what was listed again since is kept")
          .isEqualTo(39);
      assertThat(engine.heldDeletions(KEY)).isEmpty();
      assertThat(bench.store.corpus().count(KEY, Scope.of(TICKET))).isEqualTo(61);
    }
  }

  @Test
  void a_dismissed_deletion_deletes_nothing_and_is_found_again_by_the_next_full_listing() {
    tickets(60);
    try (Corpusync engine = bench.engine(new Tickets())) {
      engine.sync(KEY);
      IntStream.rangeClosed(1, 30).forEach(i -> bench.remove("/tickets", "t" + i));
      engine.resync(KEY);
      engine.dismiss(KEY, engine.heldDeletions(KEY).get(0).plan());
      assertThat(engine.heldDeletions(KEY)).isEmpty();
      assertThat(bench.store.corpus().count(KEY, Scope.of(TICKET))).isEqualTo(60);
      engine.resync(KEY);
      assertThat(engine.heldDeletions(KEY)).hasSize(1);
      assertThatThrownBy(() -> engine.approve(KEY, "nonsense"))
          .hasMessageContaining("names no held deletion");
    }
  }

  @Test
  void a_drop_that_is_found_again_is_held_as_the_same_plan() {
    tickets(60);
    try (Corpusync engine = bench.engine(new Tickets())) {
      engine.sync(KEY);
      IntStream.rangeClosed(1, 30).forEach(i -> bench.remove("/tickets", "t" + i));
      engine.resync(KEY);
      List<HeldDeletion> held = engine.heldDeletions(KEY);
      engine.resync(KEY);
      assertThat(engine.heldDeletions(KEY))
          .extracting(HeldDeletion::plan, HeldDeletion::missing)
          .containsExactly(tuple(held.get(0).plan(), 30));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_large_plan_is_worked_off_in_pages_and_continues_after_a_fault(boolean approved) {
    AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
    Bench dying =
        new Bench(
            new ForwardingStore(bench.store) {
              @Override
              public CommitResult commit(Commit commit) {
                assertThat(commit.heldIds().map(page -> page.ids().size()).orElse(0))
                    .isLessThanOrEqualTo(500);
                if (commit.released().isPresent() && left.getAndDecrement() == 0) {
                  throw new StoreException("the database went away");
                }
                return super.commit(commit);
              }
            });
    IntStream.rangeClosed(1, 1_700).forEach(i -> dying.ticket("t" + i, "text"));
    try (dying;
        Corpusync engine = dying.engine(new Tickets())) {
      engine.sync(KEY);
      IntStream.rangeClosed(1, 1_600).forEach(i -> dying.remove("/tickets", "t" + i));
      engine.resync(KEY);
      String plan = engine.heldDeletions(KEY).get(0).plan();
      left.set(2);
      assertThatThrownBy(() -> decide(engine, plan, approved)).isInstanceOf(StoreException.class);
      // An approval lists again first: the page of that listing is the first that changes the plan.
      assertThat(engine.heldDeletions(KEY).get(0).missing()).isEqualTo(approved ? 1_100 : 600);
      left.set(Integer.MAX_VALUE);
      decide(engine, plan, approved);
      assertThat(engine.heldDeletions(KEY)).isEmpty();
      assertThat(bench.store.corpus().count(KEY, Scope.of(TICKET)))
          .isEqualTo(approved ? 100 : 1_700);
    }
  }

  private static Run decide(Corpusync engine, String plan, boolean approved) {
    return approved ? engine.approve(KEY, plan) : engine.dismiss(KEY, plan);
  }

  @Test
  void an_empty_answer_after_many_records_deletes_nothing() {
    tickets(50);
    try (Corpusync engine = bench.engine(new Tickets())) {
      engine.sync(KEY);
      bench.paths.put("/tickets", new java.util.TreeMap<>());
      engine.resync(KEY);
      assertThat(bench.store.corpus().count(KEY, Scope.of(TICKET))).isEqualTo(50);
    }
  }
}
