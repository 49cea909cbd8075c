package dev.corpusync.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.document.Kind;
import dev.corpusync.document.Ref;
import dev.corpusync.store.Commit;
import dev.corpusync.store.EntityTag;
import dev.corpusync.store.StoredDocument;
import dev.corpusync.sync.HeldDeletion;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.Scope;
import dev.corpusync.testkit.check.Check;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;

/** Lists are pages, in one order. */
@NullUnmarked // tests read maps whose keys they have just written
abstract class ReadingContract extends ValueContract {

  @Check(id = "STO-01a", rule = "A question about nothing has an empty answer.")
  public final void questions_about_nothing_have_empty_answers() {
    commit(step().item(issue("1")).entityTag(new EntityTag("call", "tag", ONE)));
    assertThat(store.corpus().states(KEY, ISSUE, List.of())).isEmpty();
    assertThat(store.corpus().artifacts(KEY, List.of())).isEmpty();
    assertThat(store.corpus().documents(KEY, List.of())).isEmpty();
    assertThat(store.checkpoints().entityTags(KEY, List.of())).isEmpty();
    assertThat(store.corpus().documents(KEY, List.of(ISSUE.ref("absent")))).isEmpty();
  }

  @Check(id = "STO-13a", rule = "Ids are ordered by code point.")
  public final void ids_are_ordered_by_code_point() {
    List<String> ordered =
        List.of("!", "10", "2", "A", "Z", "_", "a", "b", "é", "\uFF5E", "\uFFFD", "😀", "😁");
    Commit.Builder step = step();
    ordered.stream().sorted(Comparator.reverseOrder()).forEach(id -> step.item(issue(id)));
    commit(step);
    assertThat(ids()).isEqualTo(ordered);
    assertThat(store.corpus().artifactsAfter(KEY, ISSUE, Optional.of("é"), 10))
        .extracting(a -> a.ref().id())
        .containsExactly("\uFF5E", "\uFFFD", "😀", "😁");
    assertThat(store.corpus().documentsAfter(KEY, Optional.of(ISSUE.ref("\uFF5E")), 10))
        .extracting(d -> d.ref().id())
        .containsExactly("\uFFFD", "😀", "😁");
  }

  @Check(id = "STO-13b", rule = "Paging neither skips nor repeats while others write.")
  public final void paging_meets_everything_once_while_other_things_come_and_go() {
    long seed = 20260131;
    System.out.println("paging seed " + seed);
    Random random = new Random(seed);
    Commit.Builder step = step();
    List<String> stable = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      stable.add(String.format("%03d", i));
      step.item(issue(stable.get(i)));
    }
    commit(step);
    List<String> met = new ArrayList<>();
    Optional<String> after = Optional.empty();
    List<String> page = store.corpus().idsAfter(KEY, Scope.of(ISSUE), after, 7);
    while (!page.isEmpty()) {
      met.addAll(page);
      after = Optional.of(page.get(page.size() - 1));
      String extra = random.nextInt(100) + "-extra";
      commit(random.nextBoolean() ? step().item(issue(extra)) : step().delete(ISSUE.ref(extra)));
      page = store.corpus().idsAfter(KEY, Scope.of(ISSUE), after, 7);
    }
    assertThat(met).doesNotHaveDuplicates().containsAll(stable).isSorted();
  }

  @Check(id = "STO-13c", rule = "Documents have one order over all kinds.")
  public final void documents_come_by_kind_and_then_id() {
    Kind early = Kind.of("a");
    Kind late = Kind.of("z");
    commit(
        step()
            .item(item(late.ref("1"), Optional.empty(), by(ANN), "x"))
            .item(item(early.ref("2"), Optional.empty(), by(ANN), "x"))
            .item(issue("1"))
            .item(container("p", by(ANN), false)));
    assertThat(store.corpus().documentsAfter(KEY, Optional.empty(), 10))
        .extracting(StoredDocument::ref)
        .containsExactly(early.ref("2"), ISSUE.ref("1"), late.ref("1"));
    assertThat(store.corpus().documentsAfter(KEY, Optional.of(early.ref("2")), 1))
        .extracting(StoredDocument::ref)
        .containsExactly(ISSUE.ref("1"));
    assertThat(store.corpus().documentsAfter(KEY, Optional.of(late.ref("1")), 1)).isEmpty();
  }

  @Check(id = "STO-13d", rule = "A scope holds its own things only.")
  public final void a_scope_is_a_kind_or_the_part_of_it_in_one_container() {
    Ref p = PROJECT.ref("p");
    commit(
        step()
            .item(item(ISSUE.ref("1"), Optional.of(p), by(ANN), "x"))
            .item(item(USER.ref("2"), Optional.of(p), by(ANN), "x"))
            .item(issue("3")));
    assertThat(store.corpus().count(KEY, Scope.of(ISSUE))).isEqualTo(2);
    assertThat(store.corpus().count(KEY, Scope.of(ISSUE, p))).isEqualTo(1);
    assertThat(store.corpus().idsAfter(KEY, Scope.of(ISSUE, p), Optional.empty(), 10))
        .containsExactly("1");
    assertThat(store.corpus().idsAfter(KEY, Scope.of(ISSUE, p), Optional.of("1"), 10)).isEmpty();
  }

  @Check(id = "STO-03g", rule = "Answers are the reader's own.")
  public final void what_a_reader_got_can_be_changed_without_changing_the_store() {
    commit(step().item(issue("1")).seen(Commit.Seen.of(Scope.of(ISSUE), 0, new long[] {1})));
    Ref one = ISSUE.ref("1");
    ((tools.jackson.databind.node.ObjectNode) artifact(one).payload().json().tree())
        .put("v", "spoilt");
    store.checkpoints().seen(KEY, Scope.of(ISSUE)).get(0)[0] = 2;
    assertThat(artifact(one).payload().json().text("v")).isEqualTo("text of 1");
    assertThat(store.checkpoints().seen(KEY, Scope.of(ISSUE)).get(0)).containsExactly(1);
  }

  @Check(id = "STO-13e", rule = "What has equal times still has one order.")
  public final void runs_and_plans_of_one_moment_have_one_order() {
    for (String id : List.of("b", "a", "c")) {
      commit(
          Commit.under(fence, id)
              .record(run(id, T0).withEnd(Run.State.FAILED, T0, ""))
              .held(HeldDeletion.builder(id, Scope.of(Kind.of(id))).total(2).since(T0).build()));
    }
    assertThat(store.journal().runs(KEY, 10)).extracting(Run::id).containsExactly("c", "b", "a");
    assertThat(store.journal().runs(KEY, 2)).extracting(Run::id).containsExactly("c", "b");
    assertThat(store.journal().held(KEY))
        .extracting(HeldDeletion::plan)
        .containsExactly("a", "b", "c");
  }

  @Check(id = "STO-22a", rule = "A list of any length can be written and asked for.")
  public final void lists_of_any_length_can_be_written_and_asked_for() {
    int stored = PROFILE.choose(1001, 1001, 65_536);
    List<String> ids = IntStream.range(0, 65_536).mapToObj(n -> String.format("%05d", n)).toList();
    List<Ref> refs = ids.stream().map(ISSUE::ref).toList();
    Commit.Builder many = step();
    for (int n = 0; n < stored; n++) {
      many.item(issue(ids.get(n))).entityTag(new EntityTag(ids.get(n), "tag", refs.get(n)));
    }
    commit(many);
    for (int n : new int[] {0, 1, 999, 1000, 1001, 65_536}) {
      int there = Math.min(n, stored);
      List<String> asked = ids.subList(0, n);
      assertThat(store.corpus().states(KEY, ISSUE, asked)).as("known of %s", n).hasSize(there);
      assertThat(store.corpus().artifacts(KEY, refs.subList(0, n))).hasSize(there);
      assertThat(store.corpus().documents(KEY, refs.subList(0, n))).hasSize(there);
      assertThat(store.checkpoints().entityTags(KEY, asked)).hasSize(there);
      assertThat(store.corpus().idsAfter(KEY, Scope.of(ISSUE), Optional.empty(), n)).hasSize(there);
    }
    Commit.Builder none = step();
    refs.forEach(none::delete);
    ids.forEach(id -> none.resolved(SCOPE, id));
    assertThat(commit(none).counts().deleted()).isEqualTo(stored);
    assertThat(ids()).isEmpty();
  }
}
