package dev.corpusync.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.artifact.Artifact;
import dev.corpusync.artifact.Parts;
import dev.corpusync.artifact.Payload;
import dev.corpusync.artifact.Revision;
import dev.corpusync.artifact.Visibility;
import dev.corpusync.document.Chunk;
import dev.corpusync.document.Kind;
import dev.corpusync.document.Ref;
import dev.corpusync.store.Commit;
import dev.corpusync.store.ItemWrite;
import dev.corpusync.store.StoredDocument;
import dev.corpusync.sync.Progress;
import dev.corpusync.sync.Scope;
import dev.corpusync.sync.StoredCursor;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Lists as pages, and every text that can come in. */
@NullUnmarked // tests read maps whose keys they have just written
abstract class ReadingContract extends DeletionContract {
  @Test
  void ids_differ_by_case_and_by_unicode_form() {
    String composed = Normalizer.normalize("é", Normalizer.Form.NFC);
    String decomposed = Normalizer.normalize("é", Normalizer.Form.NFD);
    List<String> all = List.of("A", "a", composed, decomposed, " a", "a ", "ß", "ss", "ı", "i");
    Commit.Builder step = step();
    all.forEach(id -> step.item(issue(id)));
    commit(step);
    assertThat(ids()).hasSize(all.size()).containsExactlyInAnyOrderElementsOf(all);
    assertThat(store.corpus().known(KEY, ISSUE, List.of(composed))).containsOnlyKeys(composed);
    assertThat(document(ISSUE.ref(decomposed)).title()).endsWith(decomposed);
  }

  @Test
  void ids_are_ordered_by_code_point() {
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

  @Test
  void nul_and_half_surrogates_are_replaced_and_found_again() {
    String odd = "x\u0000y\uD83Dz";
    String kept = "x\uFFFDy\uFFFDz";
    commit(step().item(item(ISSUE.ref(odd), Optional.of(PROJECT.ref(odd)), by(ANN), "text")));
    ItemWrite odder =
        new ItemWrite(
            artifact(
                ISSUE.ref(odd),
                Optional.of(PROJECT.ref(odd)),
                "v",
                by(dev.corpusync.document.Principal.user(odd))),
            Optional.of(
                new dev.corpusync.store.Derived(
                    document(odd, odd, odd),
                    1,
                    java.util.Set.of(USER.ref(odd)),
                    java.util.Set.of(odd))),
            event(dev.corpusync.store.Aspect.CONTENT, odd),
            false);
    commit(step().item(odder).failed(failure(Scope.of(ISSUE, PROJECT.ref(odd)), odd, 1, T0)));
    assertThat(ids()).containsExactly(kept);
    assertThat(store.corpus().known(KEY, ISSUE, List.of(odd))).containsOnlyKeys(odd);
    assertThat(store.corpus().artifacts(KEY, List.of(ISSUE.ref(odd))))
        .containsOnlyKeys(ISSUE.ref(odd));
    StoredDocument document = document(ISSUE.ref(odd));
    assertThat(document.ref().id()).isEqualTo(kept);
    assertThat(document.title()).isEqualTo(kept);
    assertThat(document.chunks()).containsExactly(new Chunk(kept, kept));
    assertThat(document.missing()).containsExactly(kept);
    assertThat(readers(ISSUE.ref(odd))).containsExactly("user:" + kept);
    assertThat(events().get(1).changedChunks()).containsExactly(kept);
    assertThat(store.corpus().count(KEY, Scope.of(ISSUE, PROJECT.ref(odd)))).isEqualTo(1);
    assertThat(store.journal().failures(KEY, Scope.of(ISSUE, PROJECT.ref(odd)), 10)).hasSize(1);
    commit(step().referenceChanged(USER.ref(odd)));
    assertThat(known(ISSUE, odd).stale()).isTrue();
    commit(step().delete(ISSUE.ref(odd)));
    assertThat(ids()).isEmpty();
  }

  @Test
  void text_that_looks_like_a_pattern_or_a_statement_is_only_text() {
    List<String> all =
        List.of(
            "%",
            "_", "'", "\"", "';--", "\\", ":id", "?", "#ids", "{artifact}", "a:b:c", "[]", "$1");
    Commit.Builder step = step();
    all.forEach(id -> step.item(item(ISSUE.ref(id), Optional.of(PROJECT.ref(id)), by(ANN), id)));
    commit(step);
    assertThat(ids()).containsExactlyInAnyOrderElementsOf(all);
    for (String id : all) {
      assertThat(
              store.corpus().idsAfter(KEY, Scope.of(ISSUE, PROJECT.ref(id)), Optional.empty(), 10))
          .containsExactly(id);
      assertThat(document(ISSUE.ref(id)).chunks()).containsExactly(new Chunk("c1", id));
    }
  }

  @Test
  void large_values_come_back_whole() {
    String id = "i".repeat(1990) + "-" + "é";
    byte[] payload = new byte[10_000_000];
    Arrays.fill(payload, (byte) 'x');
    payload[0] = '"';
    payload[payload.length - 1] = '"';
    Artifact large =
        Artifact.of(
            ISSUE.ref(id),
            Optional.empty(),
            Revision.content(),
            Payload.of(payload.clone()),
            Parts.none(),
            Visibility.declared("a test"),
            by(ANN));
    StoredCursor cursor = new StoredCursor("o", "f", "\"" + "c".repeat(1_000_000) + "\"");
    commit(
        step()
            .item(new ItemWrite(large, issue("1").derived(), Optional.empty(), false))
            .progress(
                new Progress(
                    Scope.of(ISSUE),
                    Optional.empty(),
                    Optional.of(cursor),
                    true,
                    Optional.empty(),
                    "")));
    assertThat(artifact(ISSUE.ref(id)).payload().bytes()).isEqualTo(payload);
    assertThat(store.checkpoints().progress(KEY, Scope.of(ISSUE)).orElseThrow().mark())
        .contains(cursor);
    assertThat(ids()).containsExactly(id);
  }

  @Test
  void paging_meets_everything_once_while_other_things_come_and_go() {
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

  @Test
  void documents_come_by_kind_and_then_id() {
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

  @Test
  void a_scope_is_a_kind_or_the_part_of_it_in_one_container() {
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

  @Test
  void questions_about_nothing_have_empty_answers() {
    assertThat(store.corpus().known(KEY, ISSUE, List.of())).isEmpty();
    assertThat(store.corpus().artifacts(KEY, List.of())).isEmpty();
    assertThat(store.corpus().documents(KEY, List.of())).isEmpty();
    assertThat(store.checkpoints().validators(KEY, List.of())).isEmpty();
    assertThat(store.corpus().documents(KEY, List.of(ISSUE.ref("absent")))).isEmpty();
  }

  @Test
  void what_a_reader_got_can_be_changed_without_changing_the_store() {
    commit(step().item(issue("1")).seen(new Commit.Seen(Scope.of(ISSUE), 0, new long[] {1})));
    Ref one = ISSUE.ref("1");
    ((tools.jackson.databind.node.ObjectNode) artifact(one).payload().json().tree())
        .put("v", "spoilt");
    store.checkpoints().seen(KEY, Scope.of(ISSUE)).get(0)[0] = 2;
    assertThat(artifact(one).payload().json().text("v")).isEqualTo("text of 1");
    assertThat(store.checkpoints().seen(KEY, Scope.of(ISSUE)).get(0)).containsExactly(1);
  }
}
