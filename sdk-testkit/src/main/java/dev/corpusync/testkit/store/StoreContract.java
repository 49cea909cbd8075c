package dev.corpusync.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.connection.Connection;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.document.Ref;
import dev.corpusync.error.LeaseLostException;
import dev.corpusync.store.Commit;
import dev.corpusync.store.Committed;
import dev.corpusync.store.Outbox;
import dev.corpusync.store.Validator;
import dev.corpusync.sync.Counts;
import dev.corpusync.sync.FailedItem;
import dev.corpusync.sync.Fence;
import dev.corpusync.sync.HeldDeletion;
import dev.corpusync.sync.Progress;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What the engine expects of every {@link dev.corpusync.store.Store}, as tests. Extend it, say how
 * your store is opened, and run it with JUnit 5.11 or newer. A test opens one store with {@code
 * open()} and closes it; {@code reopen} shall close the store it is given. Tests start threads of
 * their own but wait for them.
 */
public abstract class StoreContract extends SecretsContract {
  @Test
  void a_connection_is_created_once_and_found_and_listed_by_id() {
    Connection made = connection(OTHER, "g1");
    assertThat(store.connections().create(made)).isTrue();
    assertThat(store.connections().create(connection(OTHER, "g2"))).isFalse();
    store.connections().create(connection(RIVAL, "g1"));
    store = reopen(store);
    assertThat(store.connections().find(OTHER)).contains(made);
    assertThat(store.connections().list("acme"))
        .extracting(Connection::key)
        .containsExactly(KEY, OTHER);
    assertThat(store.connections().find(new ConnectionKey("acme", "MAIN"))).isEmpty();
  }

  @Test
  void nothing_of_one_tenant_or_connection_shows_in_another() {
    Scope scope = Scope.of(ISSUE, PROJECT.ref("p"));
    Commit.Builder full =
        step()
            .record(run(RUN, T0))
            .item(item(ISSUE.ref("1"), Optional.of(PROJECT.ref("p")), by(ANN), "x", USER.ref("u")))
            .progress(Progress.none(scope))
            .seen(new Commit.Seen(scope, 0, new long[] {1}))
            .failed(failure(scope, "2", 1, T0))
            .validator(new Validator("call", "tag", ISSUE.ref("1")))
            .held(new HeldDeletion("plan", scope, List.of(), 1, 2, T0));
    commit(full);
    for (ConnectionKey key : List.of(OTHER, RIVAL)) {
      fence = connect(key);
      assertThat(ids(key)).isEmpty();
      assertThat(store.corpus().known(key, ISSUE, List.of("1"))).isEmpty();
      assertThat(store.corpus().artifacts(key, List.of(ISSUE.ref("1")))).isEmpty();
      assertThat(store.corpus().artifactsAfter(key, ISSUE, Optional.empty(), 10)).isEmpty();
      assertThat(store.corpus().stale(key, ISSUE, 2, Optional.empty(), 10)).isEmpty();
      assertThat(store.corpus().count(key, scope)).isZero();
      assertThat(store.corpus().documents(key, List.of(ISSUE.ref("1")))).isEmpty();
      assertThat(store.corpus().documentsAfter(key, Optional.empty(), 10)).isEmpty();
      assertThat(store.checkpoints().progress(key, scope)).isEmpty();
      assertThat(store.checkpoints().seen(key, scope)).isEmpty();
      assertThat(store.checkpoints().validators(key, List.of("call"))).isEmpty();
      assertThat(store.journal().runs(key, 10)).isEmpty();
      assertThat(store.journal().failures(key, 10)).isEmpty();
      assertThat(store.journal().failures(key, scope, 10)).isEmpty();
      assertThat(store.journal().held(key)).isEmpty();
      assertThat(store.journal().held(key, "plan")).isEmpty();
      assertThat(store.outbox().events(key, 0, 10)).isEmpty();
      commit(
          step()
              .delete(ISSUE.ref("1"))
              .delete(PROJECT.ref("p"))
              .referenceChanged(USER.ref("u"))
              .decided("plan")
              .forgetSeen(scope));
      commit(step().item(container("p", by(BOB), true)).resolved(scope, "2"));
      assertThat(store.journal().forgetRunsBefore(key, T0.plusSeconds(99))).isZero();
      assertThat(store.outbox().forgetAcknowledged(key)).isZero();
      store.connections().disconnect(key);
    }
    assertThat(told()).containsExactly("issue:1 [CREATED]");
    assertThat(known(ISSUE, "1").stale()).isFalse();
    assertThat(store.journal().held(KEY, "plan")).isPresent();
    assertThat(store.journal().failures(KEY, scope, 10)).hasSize(1);
    assertThat(store.checkpoints().seen(KEY, scope)).hasSize(1);
    assertThat(store.journal().runs(KEY, 10)).hasSize(1);
  }

  @Test
  void disconnecting_erases_everything_and_can_be_repeated() {
    Scope scope = Scope.of(ISSUE);
    commit(
        step()
            .record(run(RUN, T0))
            .item(issue("1"))
            .progress(Progress.none(scope))
            .failed(failure(scope, "2", 1, T0)));
    store.connections().disconnect(KEY);
    store.connections().disconnect(KEY);
    store = reopen(store);
    assertThat(store.connections().find(KEY)).isEmpty();
    store.connections().create(connection(KEY, "g2"));
    assertThat(ids()).isEmpty();
    assertThat(events()).isEmpty();
    assertThat(store.corpus().documentsAfter(KEY, Optional.empty(), 10)).isEmpty();
    assertThat(store.checkpoints().progress(KEY, scope)).isEmpty();
    assertThat(store.journal().failures(KEY, 10)).isEmpty();
    assertThat(store.journal().runs(KEY, 10)).isEmpty();
  }

  @Test
  void a_lease_is_free_again_when_released_or_at_the_moment_it_expires() {
    assertThat(store.leases().tryAcquire(KEY, T0.plusSeconds(59), T0.plusSeconds(120))).isEmpty();
    Fence second =
        store.leases().tryAcquire(KEY, T0.plusSeconds(60), T0.plusSeconds(120)).orElseThrow();
    assertThat(second.number()).isGreaterThan(fence.number());
    store.leases().release(fence);
    assertThat(store.leases().tryAcquire(KEY, T0.plusSeconds(61), T0.plusSeconds(120)))
        .as("released by another")
        .isEmpty();
    store.leases().release(second);
    Fence third = store.leases().tryAcquire(KEY, T0, T0.plusSeconds(60)).orElseThrow();
    assertThat(third.number()).isGreaterThan(second.number());
    assertThat(store.leases().tryAcquire(OTHER, T0, T0.plusSeconds(60)))
        .as("no such connection")
        .isEmpty();
  }

  @Test
  void only_the_newest_fence_renews() {
    assertThat(store.leases().renew(fence, T0.plusSeconds(300))).isTrue();
    assertThat(store.leases().tryAcquire(KEY, T0.plusSeconds(299), T0.plusSeconds(400))).isEmpty();
    assertThat(store.leases().tryAcquire(KEY, T0.plusSeconds(300), T0.plusSeconds(400)))
        .isPresent();
    assertThat(store.leases().renew(fence, T0.plusSeconds(900))).isFalse();
    assertThat(store.leases().renew(new Fence(KEY, "g0", fence.number() + 1), T0.plusSeconds(900)))
        .isFalse();
    assertThat(store.leases().tryAcquire(KEY, T0.plusSeconds(400), T0.plusSeconds(500)))
        .isPresent();
  }

  @Test
  void of_many_workers_one_gets_the_lease() throws Exception {
    store.connections().create(connection(OTHER, "g1"));
    for (int round = 0; round < 5; round++) {
      Instant now = T0.plusSeconds(round * 60);
      List<Optional<Fence>> taken =
          together(() -> store.leases().tryAcquire(OTHER, now, now.plusSeconds(60)));
      assertThat(taken.stream().filter(Optional::isPresent)).hasSize(1);
    }
  }

  @Test
  void writers_of_many_connections_and_readers_do_not_disturb_each_other() throws Exception {
    List<Integer> sizes =
        together(
            n -> {
              ConnectionKey key = new ConnectionKey("acme", "c" + n);
              Fence mine = connect(key);
              for (int page = 0; page < 10; page++) {
                store.commit(
                    Commit.under(mine, RUN)
                        .item(issue("a" + page))
                        .item(issue("b" + page))
                        .build());
                store
                    .corpus()
                    .documentsAfter(key, Optional.empty(), 100)
                    .forEach(d -> assertThat(d.chunks()).hasSize(1));
              }
              return store.outbox().events(key, 0, 100).size();
            });
    assertThat(sizes).hasSize(THREADS).containsOnly(20);
  }

  @Test
  void a_reader_never_finds_a_smaller_number_later() throws Exception {
    List<List<Long>> read =
        together(
            n -> {
              List<Long> numbers = new ArrayList<>();
              for (int i = 0; i < 40; i++) {
                if (n % 2 == 0) {
                  // even workers race with the same fence, as a paused run and its successor within
                  // one process would
                  commit(step().item(issue(n + "-" + i)));
                } else {
                  long after = numbers.isEmpty() ? 0 : numbers.get(numbers.size() - 1);
                  store.outbox().events(KEY, after, 1000).forEach(e -> numbers.add(e.number()));
                }
              }
              return numbers;
            });
    List<Long> all = events().stream().map(Outbox.Event::number).toList();
    assertThat(all).hasSize(THREADS / 2 * 40);
    for (List<Long> one : read) {
      assertThat(one).isEqualTo(all.subList(0, one.size()));
    }
  }

  @Test
  void no_commit_gets_through_once_another_worker_has_the_lease() throws Exception {
    Fence[] newest = new Fence[1];
    List<Boolean> outcomes =
        together(
            n -> {
              if (n == 0) {
                newest[0] =
                    store
                        .leases()
                        .tryAcquire(KEY, T0.plusSeconds(60), T0.plusSeconds(120))
                        .orElseThrow();
                store.commit(Commit.under(newest[0], "run-2").item(issue("taken over")).build());
                return true;
              }
              try {
                for (int i = 0; i < 20; i++) {
                  commit(step().item(issue(n + "-" + i)));
                }
                return true;
              } catch (LeaseLostException e) {
                return false;
              }
            });
    assertThat(outcomes).hasSize(THREADS);
    List<String> order = events().stream().map(e -> e.ref().id()).toList();
    assertThat(order.indexOf("taken over")).isEqualTo(order.size() - 1);
  }

  @Test
  void counts_are_added_to_the_run_commit_by_commit() {
    begin(RUN);
    Counts page = new Counts(5, 2, 1, 1, 1, 0, 0, 3);
    Committed first = commit(step().count(page).item(issue("1")).item(issue("2")));
    assertThat(first.counts()).isEqualTo(new Counts(5, 2, 1, 1, 1, 0, 2, 3));
    Committed second = commit(step().count(page).delete(ISSUE.ref("1")));
    assertThat(second.counts()).isEqualTo(new Counts(5, 2, 1, 1, 1, 1, 1, 3));
    commit(step().record(run(RUN, T0).ended(Run.State.SUCCEEDED, T0.plusSeconds(9), "done")));
    Counts total = first.counts().plus(second.counts());
    assertThat(store.journal().runs(KEY, 10))
        .containsExactly(
            new Run(
                KEY,
                RUN,
                Run.Trigger.SYNC,
                Run.State.SUCCEEDED,
                T0,
                Optional.of(T0.plusSeconds(9)),
                total,
                "done"));
  }

  @Test
  void a_run_that_begins_abandons_those_that_still_say_running() {
    begin("old");
    commit(Commit.under(fence, "done").record(run("done", T0.plusSeconds(1))));
    commit(
        Commit.under(fence, "done")
            .record(
                run("done", T0.plusSeconds(1)).ended(Run.State.FAILED, T0.plusSeconds(2), "why")));
    commit(Commit.under(fence, "new").record(run("new", T0.plusSeconds(5))));
    assertThat(store.journal().runs(KEY, 10))
        .extracting(Run::state)
        .containsExactly(Run.State.RUNNING, Run.State.FAILED, Run.State.ABANDONED);
    assertThat(store.journal().runs(KEY, 10))
        .extracting(Run::id)
        .containsExactly("new", "done", "old");
    assertThat(store.journal().runs(KEY, 10).get(2).ended()).contains(T0.plusSeconds(1));
    assertThat(store.journal().runs(KEY, 1)).hasSize(1);
  }

  @Test
  void old_runs_are_forgotten_but_never_the_newest_or_one_that_runs() {
    for (int i = 0; i < 4; i++) {
      Run run = run("r" + i, T0.plusSeconds(i));
      commit(
          Commit.under(fence, run.id())
              .record(i == 0 ? run : run.ended(Run.State.SUCCEEDED, T0.plusSeconds(i), "")));
    }
    assertThat(store.journal().forgetRunsBefore(KEY, T0.plusSeconds(2))).isEqualTo(1);
    assertThat(store.journal().forgetRunsBefore(KEY, T0.plusSeconds(100))).isEqualTo(1);
    assertThat(store.journal().runs(KEY, 10)).extracting(Run::id).containsExactly("r3", "r0");
  }

  @Test
  void a_failed_item_keeps_its_first_time_and_adds_attempts_until_resolved() {
    Scope scope = Scope.of(ISSUE, PROJECT.ref("p"));
    Scope whole = Scope.of(ISSUE);
    commit(step().failed(failure(scope, "1", 1, T0)).failed(failure(whole, "2", 1, T0)));
    FailedItem again =
        new FailedItem(
            scope, "1", false, "still malformed", 2, T0.plusSeconds(9), T0.plusSeconds(9));
    commit(step().failed(again));
    assertThat(store.journal().failures(KEY, scope, 10))
        .containsExactly(
            new FailedItem(scope, "1", false, "still malformed", 3, T0, T0.plusSeconds(9)));
    assertThat(store.journal().failures(KEY, 10))
        .extracting(FailedItem::scope)
        .containsExactly(whole, scope);
    assertThat(store.journal().failures(KEY, 1)).hasSize(1);
    commit(step().resolved(scope, "1").resolved(scope, "2"));
    assertThat(store.journal().failures(KEY, 10))
        .extracting(FailedItem::scope)
        .containsExactly(whole);
  }

  @Test
  void a_held_plan_is_kept_until_decided_or_replaced_by_one_of_its_scope() {
    Scope scope = Scope.of(ISSUE);
    Scope part = Scope.of(ISSUE, PROJECT.ref("p"));
    List<Ref> refs = List.of(ISSUE.ref("b:1"), ISSUE.ref("a"));
    HeldDeletion plan = new HeldDeletion("plan-1", scope, refs, 2, 3, T0);
    commit(step().held(plan));
    commit(step().held(new HeldDeletion("plan-2", part, refs, 2, 3, T0.plusSeconds(1))));
    store = reopen(store);
    assertThat(store.journal().held(KEY, "plan-1")).contains(plan);
    assertThat(store.journal().held(KEY))
        .extracting(HeldDeletion::plan)
        .containsExactly("plan-1", "plan-2");
    assertThat(store.journal().held(KEY))
        .allMatch(h -> h.refs().isEmpty() && h.missing() == 2 && h.of() == 3);
    commit(step().held(new HeldDeletion("plan-3", scope, refs, 2, 3, T0.plusSeconds(2))));
    assertThat(store.journal().held(KEY))
        .extracting(HeldDeletion::plan)
        .containsExactly("plan-2", "plan-3");
    commit(step().decided("plan-2").decided("plan-3"));
    assertThat(store.journal().held(KEY)).extracting(HeldDeletion::plan).containsExactly("plan-2");
  }

  @Test
  void a_validator_is_replaced_with_its_record_and_goes_with_its_owner() {
    commit(step().item(issue("1")).validator(new Validator("call", "old", ISSUE.ref("1"))));
    commit(step().validator(new Validator("call", "new", ISSUE.ref("1"))));
    assertThat(
            Objects.requireNonNull(store.checkpoints().validators(KEY, List.of("call")).get("call"))
                .etag())
        .isEqualTo("new");
    commit(step().delete(ISSUE.ref("1")));
    assertThat(store.checkpoints().validators(KEY, List.of("call"))).isEmpty();
  }
}
