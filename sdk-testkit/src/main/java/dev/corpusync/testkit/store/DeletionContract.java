package dev.corpusync.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.document.Access;
import dev.corpusync.document.Ref;
import dev.corpusync.store.Commit;
import dev.corpusync.store.CommitResult;
import dev.corpusync.store.EntityTag;
import dev.corpusync.store.ItemWrite;
import dev.corpusync.sync.Checkpoint;
import dev.corpusync.sync.HeldDeletion;
import dev.corpusync.sync.Scope;
import dev.corpusync.testkit.check.Check;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;

/** What goes, and what goes with it (P7). */
@NullUnmarked // tests read maps whose keys they have just written
abstract class DeletionContract extends DependencyContract {
  private static final String ODD = " odd \uD83D\uDE00";

  static final Ref P = PROJECT.ref("p");
  static final Ref Q = PROJECT.ref("q");

  static ItemWrite in(Ref parent, String id, Access access) {
    return item(ISSUE.ref(id), Optional.of(parent), access, "text of " + id);
  }

  @Check(id = "STO-06a", rule = "A deletion takes what is below.")
  public final void a_deletion_takes_everything_below_it_and_nothing_beside_it() {
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
    CommitResult committed = commit(step().delete(P));
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

  @Check(id = "STO-06h", rule = "A deletion is weighed before it is made.")
  public final void the_documents_of_a_deletion_are_counted_with_everything_below_it() {
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
    assertThat(store.corpus().documentsWithin(KEY, List.of(P))).isEqualTo(3);
    assertThat(store.corpus().documentsWithin(KEY, List.of(PROJECT.ref("inner")))).isEqualTo(1);
    assertThat(store.corpus().documentsWithin(KEY, List.of(P, PROJECT.ref("inner"), Q, P)))
        .as("each once")
        .isEqualTo(4);
    assertThat(store.corpus().documentsWithin(KEY, List.of(ISSUE.ref("4"), PROJECT.ref("never"))))
        .isEqualTo(1);
    assertThat(store.corpus().documentsWithin(KEY, List.of())).isZero();
    commit(step().delete(P));
    assertThat(store.corpus().documentsWithin(KEY, List.of(P, Q))).isEqualTo(1);
  }

  @Check(id = "STO-06b", rule = "The state of a scope goes with its container.")
  public final void a_deletion_takes_the_state_of_its_scopes() {
    Scope gone = Scope.of(ISSUE, P);
    Scope kept = Scope.of(ISSUE, Q);
    for (Scope scope : List.of(gone, kept)) {
      commit(
          step()
              .item(container(scope.partition().orElseThrow().id(), by(ANN), false))
              .checkpoint(Checkpoint.none(scope))
              .seen(Commit.Seen.of(scope, 0, new long[] {1}))
              .failed(failure(scope, "7", 1, T0))
              .held(
                  HeldDeletion.builder("plan of " + scope.partitionKey(), scope)
                      .total(2)
                      .since(T0)
                      .build())
              .heldIds("plan of " + scope.partitionKey(), List.of("1"))
              .entityTag(
                  new EntityTag(
                      "call " + scope.partitionKey(), "tag", scope.partition().orElseThrow())));
    }
    commit(
        step()
            .failed(failure(Scope.of(PROJECT), "p", 1, T0))
            .failed(failure(Scope.of(PROJECT), "q", 1, T0))
            .delete(ISSUE.ref("absent")));
    commit(step().delete(P));
    assertThat(store.checkpoints().checkpoint(KEY, gone)).isEmpty();
    assertThat(store.checkpoints().checkpoint(KEY, kept)).isPresent();
    assertThat(store.checkpoints().seen(KEY, gone)).isEmpty();
    assertThat(store.checkpoints().seen(KEY, kept)).hasSize(1);
    assertThat(store.journal().failures(KEY, 10))
        .containsExactly(failure(kept, "7", 1, T0), failure(Scope.of(PROJECT), "q", 1, T0));
    assertThat(store.journal().held(KEY)).extracting(HeldDeletion::scope).containsExactly(kept);
    assertThat(store.journal().heldIds(KEY, "plan of project:p", Optional.empty(), 10)).isEmpty();
    assertThat(store.journal().heldIds(KEY, "plan of project:q", Optional.empty(), 10))
        .containsExactly("1");
    assertThat(store.checkpoints().entityTags(KEY, List.of("call project:p", "call project:q")))
        .containsOnlyKeys("call project:q");
  }

  @Check(id = "STO-06c", rule = "Deleting what is missing is no error and no event.")
  public final void deleting_what_is_not_there_counts_nothing_but_ends_its_failures() {
    commit(step().failed(failure(Scope.of(ISSUE, P), "1", 1, T0)));
    CommitResult committed = commit(step().delete(ISSUE.ref("1")));
    assertThat(committed.counts().deleted()).isZero();
    assertThat(events()).isEmpty();
    assertThat(store.journal().failures(KEY, 10)).isEmpty();
  }

  @Check(id = "STO-06d", rule = "Within a commit deletions come before items.")
  public final void what_is_deleted_and_listed_in_one_page_stays() {
    commit(step().item(issue("1")));
    ItemWrite unchanged = ItemWrite.of(issue("1").artifact()).withDerived(issue("1").derived());
    CommitResult committed = commit(step().delete(ISSUE.ref("1")).item(unchanged));
    assertThat(ids()).containsExactly("1");
    assertThat(document(ISSUE.ref("1")).chunks()).hasSize(1);
    assertThat(committed.counts().deleted()).isZero();
    assertThat(told())
        .as("no subscriber may believe that it is gone")
        .containsExactly("issue:1 [CREATED]");
  }

  @Check(id = "STO-06e", rule = "A circle of parents does not hang a deletion.")
  public final void things_that_are_each_others_parents_can_be_deleted() {
    commit(step().item(in(ISSUE.ref("2"), "1", by(ANN))).item(in(ISSUE.ref("1"), "2", by(ANN))));
    assertThat(commit(step().delete(ISSUE.ref("1"))).counts().deleted()).isEqualTo(2);
    assertThat(ids()).isEmpty();
  }

  @Check(id = "STO-06f", rule = "Only the last parent counts.")
  public final void a_thing_that_moved_is_not_deleted_with_its_old_container() {
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

  @Check(id = "STO-06g", rule = "What a scope misses goes from there only.")
  public final void what_has_moved_to_another_place_is_not_missed() {
    commit(
        step()
            .item(container("p", by(ANN), false))
            .item(container("q", by(ANN), false))
            .item(in(P, "1", by(ANN)))
            .item(in(P, "2", by(ANN)))
            .item(in(Q, "3", by(ANN)))
            .item(in(ISSUE.ref("3"), "4", by(ANN)))
            .item(in(P, ODD, by(ANN))));
    commit(step().item(in(Q, "1", by(ANN))).item(in(Q, ODD, by(ANN))));
    Scope old = Scope.of(ISSUE, P);
    CommitResult committed =
        commit(
            step()
                .delete(ISSUE.ref("1"), old)
                .delete(ISSUE.ref("2"), old)
                .delete(ISSUE.ref("3"), old)
                .delete(ISSUE.ref(ODD), old)
                .delete(ISSUE.ref("absent"), old));
    assertThat(committed.counts().deleted()).isEqualTo(1);
    assertThat(ids()).hasSize(4).contains("1", "3", "4");
    commit(
        step()
            .delete(ISSUE.ref(ODD), Scope.of(ISSUE, Q))
            .delete(ISSUE.ref("1"), old)
            .delete(ISSUE.ref("1"))
            .delete(ISSUE.ref("3"), Scope.of(ISSUE)));
    assertThat(ids()).as("what goes wherever it lies").isEmpty();
  }
}
