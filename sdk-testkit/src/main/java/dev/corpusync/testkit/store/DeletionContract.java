package dev.corpusync.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.document.Access;
import dev.corpusync.document.Ref;
import dev.corpusync.store.Aspect;
import dev.corpusync.store.Commit;
import dev.corpusync.store.Committed;
import dev.corpusync.store.Derived;
import dev.corpusync.store.ItemWrite;
import dev.corpusync.store.Validator;
import dev.corpusync.sync.HeldDeletion;
import dev.corpusync.sync.Progress;
import dev.corpusync.sync.Scope;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What goes, what goes with it, and who may read what stays (P6, P7). */
abstract class DeletionContract extends CommitContract {
  private static final Ref P = PROJECT.ref("p");
  private static final Ref Q = PROJECT.ref("q");

  private static ItemWrite in(Ref parent, String id, Access access) {
    return item(ISSUE.ref(id), Optional.of(parent), access, "text of " + id);
  }

  @Test
  void a_deletion_takes_everything_below_it_and_nothing_beside_it() {
    commit(
        step()
            .item(container("p", by(ANN), false))
            .item(container("q", by(ANN), false))
            .item(container("inner", Optional.of(P), by(ANN), false)));
    commit(
        step()
            .item(in(P, "1", by(ANN)))
            .item(in(PROJECT.ref("inner"), "2", by(ANN)))
            .item(in(Q, "3", by(ANN)))
            .item(in(ISSUE.ref("1"), "4", by(ANN))));
    Committed committed = commit(step().delete(P));
    assertThat(committed.counts().deleted()).isEqualTo(5);
    assertThat(committed.counts().events()).isEqualTo(3);
    assertThat(told(4))
        .containsExactly("issue:1 [DELETED]", "issue:2 [DELETED]", "issue:4 [DELETED]");
    assertThat(ids()).containsExactly("3");
    assertThat(store.corpus().artifacts(KEY, List.of(P, PROJECT.ref("inner"), Q)))
        .containsOnlyKeys(Q);
    assertThat(store.corpus().documents(KEY, List.of(ISSUE.ref("1"), ISSUE.ref("3"))))
        .containsOnlyKeys(ISSUE.ref("3"));
  }

  @Test
  void a_deletion_takes_the_state_of_its_scopes() {
    Scope gone = Scope.of(ISSUE, P);
    Scope kept = Scope.of(ISSUE, Q);
    for (Scope scope : List.of(gone, kept)) {
      commit(
          step()
              .item(container(scope.partition().orElseThrow().id(), by(ANN), false))
              .progress(Progress.none(scope))
              .seen(new Commit.Seen(scope, 0, new long[] {1}))
              .failed(failure(scope, "7", 1, T0))
              .held(
                  new HeldDeletion(
                      "plan of " + scope.partitionKey(), scope, List.of(ISSUE.ref("1")), 1, 2, T0))
              .validator(
                  new Validator(
                      "call " + scope.partitionKey(), "tag", scope.partition().orElseThrow())));
    }
    commit(
        step()
            .failed(failure(Scope.of(PROJECT), "p", 1, T0))
            .failed(failure(Scope.of(PROJECT), "q", 1, T0))
            .delete(ISSUE.ref("absent")));
    commit(step().delete(P));
    assertThat(store.checkpoints().progress(KEY, gone)).isEmpty();
    assertThat(store.checkpoints().progress(KEY, kept)).isPresent();
    assertThat(store.checkpoints().seen(KEY, gone)).isEmpty();
    assertThat(store.checkpoints().seen(KEY, kept)).hasSize(1);
    assertThat(store.journal().failures(KEY, 10))
        .containsExactly(failure(kept, "7", 1, T0), failure(Scope.of(PROJECT), "q", 1, T0));
    assertThat(store.journal().held(KEY)).extracting(HeldDeletion::scope).containsExactly(kept);
    assertThat(store.checkpoints().validators(KEY, List.of("call project:p", "call project:q")))
        .containsOnlyKeys("call project:q");
  }

  @Test
  void deleting_what_is_not_there_counts_nothing_but_ends_its_failures() {
    commit(step().failed(failure(Scope.of(ISSUE, P), "1", 1, T0)));
    Committed committed = commit(step().delete(ISSUE.ref("1")));
    assertThat(committed.counts().deleted()).isZero();
    assertThat(events()).isEmpty();
    assertThat(store.journal().failures(KEY, 10)).isEmpty();
  }

  @Test
  void what_is_deleted_and_listed_in_one_page_stays() {
    commit(step().item(issue("1")));
    ItemWrite unchanged =
        new ItemWrite(issue("1").artifact(), issue("1").derived(), Optional.empty(), false);
    Committed committed = commit(step().delete(ISSUE.ref("1")).item(unchanged));
    assertThat(ids()).containsExactly("1");
    assertThat(document(ISSUE.ref("1")).chunks()).hasSize(1);
    assertThat(committed.counts().deleted()).isZero();
    assertThat(told())
        .as("no subscriber may believe that it is gone")
        .containsExactly("issue:1 [CREATED]");
  }

  @Test
  void things_that_are_each_others_parents_can_be_deleted() {
    commit(step().item(in(ISSUE.ref("2"), "1", by(ANN))).item(in(ISSUE.ref("1"), "2", by(ANN))));
    assertThat(commit(step().delete(ISSUE.ref("1"))).counts().deleted()).isEqualTo(2);
    assertThat(ids()).isEmpty();
  }

  @Test
  void a_thing_that_moved_is_not_deleted_with_its_old_container() {
    commit(
        step()
            .item(container("p", by(ANN), false))
            .item(container("q", by(BOB), false))
            .item(in(P, "1", Access.inherited())));
    commit(step().item(in(Q, "1", Access.inherited())));
    commit(step().delete(P));
    assertThat(ids()).containsExactly("1");
    assertThat(readers(ISSUE.ref("1"))).containsExactly("user:bob");
    assertThat(store.corpus().idsAfter(KEY, Scope.of(ISSUE, Q), Optional.empty(), 10))
        .containsExactly("1");
  }

  @Test
  void readers_come_from_the_container_as_far_as_it_is_known() {
    commit(
        step()
            .item(container("p", by(ANN), false))
            .item(in(P, "known", by(BOB)))
            .item(in(P, "inherited", Access.inherited()))
            .item(in(P, "both", Access.inheritedAnd(List.of("x"), x -> Optional.of(BOB))))
            .item(in(P, "unknown", Access.unknown("no answer")))
            .item(in(PROJECT.ref("absent"), "orphan", Access.inherited()))
            .item(
                in(
                    PROJECT.ref("absent"),
                    "half",
                    Access.inheritedAnd(List.of("x"), x -> Optional.of(BOB))))
            .item(item(ISSUE.ref("top"), Optional.empty(), Access.inherited(), "x")));
    assertThat(readers(ISSUE.ref("known"))).containsExactly("user:bob");
    assertThat(readers(ISSUE.ref("inherited"))).containsExactly("user:ann");
    assertThat(readers(ISSUE.ref("both"))).containsExactlyInAnyOrder("user:ann", "user:bob");
    assertThat(readers(ISSUE.ref("unknown"))).isEmpty();
    assertThat(readers(ISSUE.ref("orphan"))).isEmpty();
    assertThat(readers(ISSUE.ref("half"))).containsExactly("user:bob");
    assertThat(readers(ISSUE.ref("top"))).isEmpty();
  }

  @Test
  void inheritance_is_followed_over_eight_levels_and_then_nobody_reads() {
    Commit.Builder chain = step().item(container("0", by(ANN), false));
    for (int i = 1; i <= 8; i++) {
      chain.item(
          container("" + i, Optional.of(PROJECT.ref("" + (i - 1))), Access.inherited(), false));
    }
    commit(
        chain
            .item(in(PROJECT.ref("7"), "near", Access.inherited()))
            .item(in(PROJECT.ref("8"), "far", Access.inherited())));
    assertThat(readers(ISSUE.ref("near"))).containsExactly("user:ann");
    assertThat(readers(ISSUE.ref("far"))).isEmpty();
    assertThat(store.corpus().documentsAfter(KEY, Optional.empty(), 10))
        .extracting(d -> d.ref().id() + d.readers().size())
        .containsExactly("far0", "near1");
  }

  @Test
  void things_that_inherit_from_each_other_have_no_readers() {
    commit(
        step()
            .item(in(ISSUE.ref("2"), "1", Access.inherited()))
            .item(in(ISSUE.ref("1"), "2", Access.inherited())));
    assertThat(readers(ISSUE.ref("1"))).isEmpty();
  }

  @Test
  void a_container_whose_readers_change_tells_of_each_document_that_inherits() {
    commit(
        step()
            .item(container("p", by(ANN), false))
            .item(container("inner", Optional.of(P), Access.inherited(), false))
            .item(container("closed", Optional.of(P), by(ANN), false))
            .item(in(P, "1", Access.inherited()))
            .item(in(P, "2", by(ANN)))
            .item(in(P, "3", Access.inheritedAnd(List.of("x"), x -> Optional.of(ANN))))
            .item(in(PROJECT.ref("inner"), "4", Access.inherited()))
            .item(in(PROJECT.ref("closed"), "5", Access.inherited()))
            .item(in(Q, "6", Access.inherited())));
    Committed committed = commit(step().item(container("p", by(BOB), true)));
    assertThat(committed.counts().events()).isEqualTo(3);
    assertThat(told(6)).containsExactly("issue:1 [ACCESS]", "issue:3 [ACCESS]", "issue:4 [ACCESS]");
    assertThat(readers(ISSUE.ref("4"))).containsExactly("user:bob");
  }

  @Test
  void a_document_with_an_event_in_the_same_commit_is_not_told_of_twice() {
    commit(
        step()
            .item(container("p", by(ANN), false))
            .item(in(P, "1", Access.inherited()))
            .item(in(P, "2", Access.inherited())));
    ItemWrite changed =
        new ItemWrite(
            artifact(ISSUE.ref("1"), Optional.of(P), "new", Access.inherited()),
            Optional.of(new Derived(document("T", "c1", "new"), 1, Set.of(), Set.of())),
            event(Aspect.CONTENT, "c1"),
            false);
    commit(
        step()
            .item(container("p", by(BOB), true))
            .item(changed)
            .item(in(P, "3", Access.inherited())));
    assertThat(told(2))
        .containsExactly(
            "issue:1 " + EnumSet.of(Aspect.CONTENT, Aspect.ACCESS),
            "issue:3 [CREATED]",
            "issue:2 [ACCESS]");
  }
}
