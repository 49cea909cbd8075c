package dev.corpusync.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.store.Commit;
import dev.corpusync.store.CommitResult;
import dev.corpusync.store.EntityTag;
import dev.corpusync.sync.Checkpoint;
import dev.corpusync.sync.Counts;
import dev.corpusync.sync.FailedItem;
import dev.corpusync.sync.FullPassReason;
import dev.corpusync.sync.HeldDeletion;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.Scope;
import dev.corpusync.testkit.check.Check;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;

/** Runs, failures and what waits for a person (P10). */
@NullUnmarked // tests read maps whose keys they have just written
abstract class JournalContract extends DisconnectContract {

  @Check(id = "STO-29a", rule = "Counts are added with what they count.")
  public final void counts_are_added_to_the_run_commit_by_commit() {
    begin(RUN);
    Counts page =
        Counts.builder().seen(5).stored(2).unchanged(1).hidden(1).failed(1).requests(3).build();
    CommitResult first = commit(step().count(page).item(issue("1")).item(issue("2")));
    assertThat(first.counts())
        .isEqualTo(
            Counts.builder()
                .seen(5)
                .stored(2)
                .unchanged(1)
                .hidden(1)
                .failed(1)
                .events(2)
                .requests(3)
                .build());
    CommitResult second = commit(step().count(page).delete(ISSUE.ref("1")));
    assertThat(second.counts())
        .isEqualTo(
            Counts.builder()
                .seen(5)
                .stored(2)
                .unchanged(1)
                .hidden(1)
                .failed(1)
                .deleted(1)
                .events(1)
                .requests(3)
                .build());
    commit(step().record(run(RUN, T0).withEnd(Run.State.SUCCEEDED, T0.plusSeconds(9), "done")));
    Counts total = first.counts().plus(second.counts());
    assertThat(store.journal().runs(KEY, 10))
        .containsExactly(
            Run.builder(KEY, RUN)
                .state(Run.State.SUCCEEDED)
                .started(T0)
                .ended(T0.plusSeconds(9))
                .counts(total)
                .message("done")
                .build());
  }

  @Check(id = "STO-29b", rule = "A dead run does not stay running.")
  public final void a_run_that_begins_abandons_those_that_still_say_running() {
    begin("old");
    commit(Commit.under(fence, "done").record(run("done", T0.plusSeconds(1))));
    commit(
        Commit.under(fence, "done")
            .record(
                run("done", T0.plusSeconds(1))
                    .withEnd(Run.State.FAILED, T0.plusSeconds(2), "why")));
    commit(Commit.under(fence, "new").record(run("new", T0.plusSeconds(5))));
    assertThat(store.journal().runs(KEY, 10))
        .extracting(Run::state)
        .containsExactly(Run.State.RUNNING, Run.State.FAILED, Run.State.ABANDONED);
    assertThat(store.journal().runs(KEY, 10))
        .extracting(Run::id)
        .containsExactly("new", "done", "old");
    assertThat(nth(store.journal().runs(KEY, 10), 2).ended()).contains(T0.plusSeconds(1));
    assertThat(store.journal().runs(KEY, 1)).hasSize(1);
  }

  @Check(id = "STO-29c", rule = "Old runs can be forgotten.")
  public final void old_runs_are_forgotten_but_never_the_newest_or_one_that_runs() {
    for (int i = 0; i < 4; i++) {
      Run run = run("r" + i, T0.plusSeconds(i));
      commit(
          Commit.under(fence, run.id())
              .record(i == 0 ? run : run.withEnd(Run.State.SUCCEEDED, T0.plusSeconds(i), "")));
    }
    assertThat(store.journal().purgeRunsBefore(KEY, T0.plusSeconds(2))).isEqualTo(1);
    assertThat(store.journal().purgeRunsBefore(KEY, T0.plusSeconds(100))).isEqualTo(1);
    assertThat(store.journal().runs(KEY, 10)).extracting(Run::id).containsExactly("r3", "r0");
  }

  @Check(id = "STO-29g", rule = "Until when an API wants no request is kept.")
  public final void a_wait_that_the_api_asked_for_is_kept_with_the_run() {
    begin(RUN);
    Run waits =
        run(RUN, T0)
            .withEnd(Run.State.RATE_LIMITED, T0.plusSeconds(9), "later")
            .withNotBefore(Optional.of(T0.plusSeconds(3_600)));
    commit(step().record(waits));
    assertThat(store.journal().runs(KEY, 10)).containsExactly(waits);
    commit(Commit.under(fence, "new").record(run("new", T0.plusSeconds(10))));
    store = reopen(store);
    assertThat(store.journal().runs(KEY, 10))
        .extracting(Run::notBefore)
        .containsExactly(Optional.empty(), Optional.of(T0.plusSeconds(3_600)));
  }

  @Check(id = "STO-29j", rule = "Runs that started later than a moment can be left out.")
  public final void runs_of_a_clock_that_was_ahead_can_be_left_out() {
    begin(RUN);
    for (int i = 1; i <= 3; i++) {
      Run later = run("r" + i, T0.plusSeconds(i)).toBuilder().round("r1").build();
      commit(Commit.under(fence, "r" + i).record(later));
      commit(
          Commit.under(fence, "r" + i)
              .record(later.withEnd(Run.State.YIELDED, T0.plusSeconds(i), "")));
    }
    store = reopen(store);
    assertThat(store.journal().runs(KEY, T0.plusSeconds(2), 10))
        .extracting(Run::id)
        .containsExactly("r2", "r1", RUN);
    assertThat(store.journal().runs(KEY, T0.plusSeconds(3), 2))
        .extracting(Run::id)
        .containsExactly("r3", "r2");
    assertThat(store.journal().runs(KEY, T0.minusSeconds(1), 10)).isEmpty();
    assertThat(store.journal().runs(KEY, 10))
        .as("the round of each run")
        .extracting(Run::round)
        .containsExactly("r1", "r1", "r1", RUN);
  }

  @Check(id = "STO-29d", rule = "A failed item is kept until resolved.")
  public final void a_failed_item_keeps_its_first_time_and_adds_attempts_until_resolved() {
    Scope scope = Scope.of(ISSUE, PROJECT.ref("p"));
    Scope whole = Scope.of(ISSUE);
    commit(step().failed(failure(scope, "1", 1, T0)).failed(failure(whole, "2", 1, T0)));
    FailedItem again =
        FailedItem.builder(scope, "1")
            .identity(FailedItem.Identity.UNIDENTIFIED)
            .reason("still malformed")
            .attempts(2)
            .first(T0.plusSeconds(9))
            .last(T0.plusSeconds(9))
            .build();
    commit(step().failed(again));
    assertThat(store.journal().failures(KEY, scope, 10))
        .containsExactly(
            FailedItem.builder(scope, "1")
                .identity(FailedItem.Identity.UNIDENTIFIED)
                .reason("still malformed")
                .attempts(3)
                .first(T0)
                .last(T0.plusSeconds(9))
                .build());
    assertThat(store.journal().failures(KEY, 10))
        .extracting(FailedItem::scope)
        .containsExactly(whole, scope);
    assertThat(store.journal().failures(KEY, 1)).hasSize(1);
    commit(step().resolved(scope, "1").resolved(scope, "2"));
    assertThat(store.journal().failures(KEY, 10))
        .extracting(FailedItem::scope)
        .containsExactly(whole);
  }

  @Check(id = "STO-29e", rule = "A held plan waits for its decision.")
  public final void a_held_plan_is_kept_until_decided_or_replaced_by_one_of_its_scope() {
    Scope scope = Scope.of(ISSUE);
    Scope part = Scope.of(ISSUE, PROJECT.ref("p"));
    commit(step().held(held("plan-1", scope, T0)).heldIds("plan-1", List.of("b:1", "a")));
    commit(step().held(held("plan-2", part, T0.plusSeconds(1))));
    commit(step().heldIds("plan-2", List.of("c")).released("plan-1", List.of("other", "c")));
    store = reopen(store);
    assertThat(store.journal().held(KEY, "plan-1"))
        .contains(held("plan-1", scope, T0).toBuilder().missing(2).build());
    assertThat(store.journal().held(KEY, part).map(HeldDeletion::plan)).contains("plan-2");
    assertThat(store.journal().held(KEY, Scope.of(PROJECT))).isEmpty();
    assertThat(store.journal().held(KEY))
        .extracting(HeldDeletion::plan)
        .containsExactly("plan-1", "plan-2");
    assertThat(store.journal().held(KEY)).extracting(HeldDeletion::missing).containsExactly(2, 1);
    commit(step().held(held("plan-3", scope, T0.plusSeconds(2))).heldIds("plan-3", List.of("d")));
    assertThat(store.journal().held(KEY))
        .extracting(HeldDeletion::plan)
        .containsExactly("plan-2", "plan-3");
    assertThat(heldIds("plan-1")).isEmpty();
    commit(step().decided("plan-2").decided("plan-3"));
    assertThat(store.journal().held(KEY)).extracting(HeldDeletion::plan).containsExactly("plan-2");
  }

  @Check(id = "STO-29h", rule = "A full pass that is owed is kept until it is paid.")
  public final void an_owed_full_pass_is_kept_by_every_checkpoint_with_its_first_reason() {
    Scope plain = Scope.of(ISSUE);
    Scope part = Scope.of(ISSUE, PROJECT.ref("p"));
    commit(step().checkpoint(Checkpoint.builder(plain).watermark(T0).completed(true).build()));
    commit(step().checkpoint(Checkpoint.none(part).owingFullPass(FullPassReason.SETTINGS)));
    commit(step().fullPassOwed(FullPassReason.RESYNC));
    store = reopen(store);
    assertThat(store.checkpoints().checkpoint(KEY, plain))
        .contains(
            Checkpoint.builder(plain)
                .watermark(T0)
                .completed(true)
                .fullPassOwed(Optional.of(FullPassReason.RESYNC))
                .build());
    assertThat(store.checkpoints().checkpoint(KEY, part).flatMap(Checkpoint::fullPassOwed))
        .contains(FullPassReason.SETTINGS);
    assertThat(store.checkpoints().checkpoint(KEY, Scope.of(PROJECT)))
        .as("the checkpoint of a scope that has none")
        .isEmpty();
    commit(step().fullPassOwed(FullPassReason.RESYNC).checkpoint(Checkpoint.none(plain)));
    assertThat(store.checkpoints().checkpoint(KEY, plain)).contains(Checkpoint.none(plain));
  }

  private static HeldDeletion held(String plan, Scope scope, Instant since) {
    return HeldDeletion.builder(plan, scope)
        .total(3)
        .since(since)
        .documents(70)
        .reason(HeldDeletion.Reason.SETTINGS)
        .build();
  }

  private List<String> heldIds(String plan) {
    return store.journal().heldIds(KEY, plan, Optional.empty(), 100);
  }

  @Check(id = "STO-29k", rule = "What a feed told of a container is kept until it is carried out.")
  public final void containers_that_a_feed_told_are_deleted_are_kept_with_the_checkpoint() {
    Scope scope = Scope.of(PROJECT);
    Checkpoint told = Checkpoint.builder(scope).tombstoned(List.of("b", "a\"b", "a")).build();
    commit(step().checkpoint(told));
    store = reopen(store);
    assertThat(store.checkpoints().checkpoint(KEY, scope)).contains(told);
    commit(step().checkpoint(told.toBuilder().tombstoned(List.of()).build()));
    assertThat(store.checkpoints().checkpoint(KEY, scope)).contains(Checkpoint.none(scope));
  }

  @Check(id = "STO-29i", rule = "The ids of a held plan are read and worked off in pages.")
  public final void the_ids_of_a_held_plan_are_read_in_pages_in_the_order_of_the_store() {
    Scope scope = Scope.of(ISSUE);
    commit(step().held(held("plan", scope, T0)).heldIds("plan", List.of("c", "a", "a")));
    commit(step().heldIds("plan", List.of("b", "d", "a")));
    store = reopen(store);
    assertThat(store.journal().heldIds(KEY, "plan", Optional.empty(), 2)).containsExactly("a", "b");
    assertThat(store.journal().heldIds(KEY, "plan", Optional.of("b"), 2)).containsExactly("c", "d");
    assertThat(store.journal().heldIds(KEY, "plan", Optional.of("d"), 2)).isEmpty();
    assertThat(heldIds("never held")).isEmpty();
    commit(step().released("plan", List.of("a", "b", "e")));
    assertThat(heldIds("plan")).containsExactly("c", "d");
    assertThat(store.journal().held(KEY, "plan").map(HeldDeletion::missing)).contains(2);
    commit(step().held(held("plan", scope, T0)).heldIds("plan", List.of("z")));
    assertThat(heldIds("plan")).as("a plan that is held again begins again").containsExactly("z");
    commit(step().decided("plan"));
    assertThat(store.journal().held(KEY)).isEmpty();
    assertThat(heldIds("plan")).isEmpty();
  }

  @Check(id = "STO-29f", rule = "\"Not modified\" always means what is stored.")
  public final void a_validator_is_replaced_with_its_record_and_goes_with_its_owner() {
    commit(step().item(issue("1")).entityTag(new EntityTag("call", "old", ISSUE.ref("1"))));
    commit(step().entityTag(new EntityTag("call", "new", ISSUE.ref("1"))));
    assertThat(
            Objects.requireNonNull(store.checkpoints().entityTags(KEY, List.of("call")).get("call"))
                .etag())
        .isEqualTo("new");
    commit(step().delete(ISSUE.ref("1")));
    assertThat(store.checkpoints().entityTags(KEY, List.of("call"))).isEmpty();
  }
}
