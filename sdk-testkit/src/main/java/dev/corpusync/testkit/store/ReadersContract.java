package dev.corpusync.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.document.Access;
import dev.corpusync.store.Aspect;
import dev.corpusync.store.Commit;
import dev.corpusync.store.CommitResult;
import dev.corpusync.store.Derived;
import dev.corpusync.store.ItemWrite;
import dev.corpusync.testkit.check.Check;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;

/** Who may read what is stored (P5, P6). */
@NullUnmarked // tests read maps whose keys they have just written
abstract class ReadersContract extends DeletionContract {

  @Check(id = "STO-27a", rule = "Readers are worked out through the container; unknown is nobody.")
  public final void readers_come_from_the_container_as_far_as_it_is_known() {
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

  @Check(id = "STO-27b", rule = "Access is inherited over eight levels.")
  public final void inheritance_is_followed_over_eight_levels_and_then_nobody_reads() {
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

  @Check(id = "STO-27c", rule = "A circle of inheritance gives nobody access and does not hang.")
  public final void things_that_inherit_from_each_other_have_no_readers() {
    commit(
        step()
            .item(in(ISSUE.ref("2"), "1", Access.inherited()))
            .item(in(ISSUE.ref("1"), "2", Access.inherited())));
    assertThat(readers(ISSUE.ref("1"))).isEmpty();
  }

  @Check(id = "STO-27d", rule = "Subscribers learn of every document whose readers changed.")
  public final void a_container_whose_readers_change_tells_of_each_document_that_inherits() {
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
    CommitResult committed = commit(step().item(container("p", by(BOB), true)));
    assertThat(committed.counts().events()).isEqualTo(3);
    assertThat(told(6)).containsExactly("issue:1 [ACCESS]", "issue:3 [ACCESS]", "issue:4 [ACCESS]");
    assertThat(readers(ISSUE.ref("4"))).containsExactly("user:bob");
  }

  @Check(id = "STO-27e", rule = "One commit tells of a document once.")
  public final void a_document_with_an_event_in_the_same_commit_is_not_told_of_twice() {
    commit(
        step()
            .item(container("p", by(ANN), false))
            .item(in(P, "1", Access.inherited()))
            .item(in(P, "2", Access.inherited())));
    ItemWrite changed =
        ItemWrite.of(artifact(ISSUE.ref("1"), Optional.of(P), "new", Access.inherited()))
            .withDerived(
                Optional.of(new Derived(document("T", "c1", "new"), 1, Set.of(), Set.of())))
            .withEvent(event(Aspect.CONTENT, "c1"));
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
