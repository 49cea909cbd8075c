package dev.corpusync.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.artifact.Dependency;
import dev.corpusync.document.Ref;
import dev.corpusync.store.Derived;
import dev.corpusync.store.ItemWrite;
import dev.corpusync.testkit.check.Check;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;

/** Which documents are due to be derived again (P9). */
@NullUnmarked // tests read maps whose keys they have just written
abstract class DerivationContract extends FenceContract {
  private List<String> stale(int version) {
    return store.corpus().stale(KEY, ISSUE, version, Optional.empty(), 100).stream()
        .map(a -> a.ref().id())
        .toList();
  }

  @Check(
      id = "STO-30a",
      rule = "A changed reference makes what looked it up stale, and nothing else.")
  public final void a_reference_that_changes_makes_exactly_the_documents_that_used_it_stale() {
    Ref ann = USER.ref("ann");
    commit(
        step()
            .item(item(ONE, Optional.empty(), by(ANN), "x", ann))
            .item(item(ISSUE.ref("2"), Optional.empty(), by(ANN), "y", USER.ref("bob"))));
    commit(step().changed(Dependency.record(ann)));
    assertThat(stale(1)).containsExactly("1");
    assertThat(state(ISSUE, "1").stale()).isTrue();
    assertThat(state(ISSUE, "2").stale()).isFalse();
    // derived again, no longer with that lookup
    commit(step().item(item(ONE, Optional.empty(), by(ANN), "x")));
    assertThat(stale(1)).isEmpty();
    commit(step().changed(Dependency.record(ann)));
    assertThat(stale(1)).isEmpty();
  }

  @Check(id = "STO-30b", rule = "Another version makes a document due.")
  public final void another_version_of_the_transformer_makes_documents_due_page_by_page() {
    commit(step().item(issue("1")).item(issue("2")).item(issue("3")));
    commit(
        step()
            .item(
                ItemWrite.of(issue("2").artifact())
                    .withDerived(Optional.of(new Derived(document("T"), 2, Set.of(), Set.of())))));
    assertThat(stale(1)).containsExactly("2");
    assertThat(stale(2)).containsExactly("1", "3");
    assertThat(store.corpus().stale(KEY, ISSUE, 2, Optional.of("1"), 1))
        .extracting(a -> a.ref().id())
        .containsExactly("3");
    assertThat(store.corpus().stale(KEY, ISSUE, 3, Optional.empty(), 2))
        .extracting(a -> a.ref().id())
        .containsExactly("1", "2");
  }
}
