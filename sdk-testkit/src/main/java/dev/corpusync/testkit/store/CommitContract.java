package dev.corpusync.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.artifact.Artifact;
import dev.corpusync.document.Access;
import dev.corpusync.document.Chunk;
import dev.corpusync.document.Ref;
import dev.corpusync.error.LeaseLostException;
import dev.corpusync.store.Aspect;
import dev.corpusync.store.Commit;
import dev.corpusync.store.Committed;
import dev.corpusync.store.Derived;
import dev.corpusync.store.ItemWrite;
import dev.corpusync.store.Known;
import dev.corpusync.store.Outbox;
import dev.corpusync.store.StoredDocument;
import dev.corpusync.store.Validator;
import dev.corpusync.sync.Counts;
import dev.corpusync.sync.Fence;
import dev.corpusync.sync.Pass;
import dev.corpusync.sync.Progress;
import dev.corpusync.sync.Proof;
import dev.corpusync.sync.Scope;
import dev.corpusync.sync.StoredCursor;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** One unit of work, under a fence (P1, P2, P8). */
@NullUnmarked // tests read maps whose keys they have just written
abstract class CommitContract extends StoreFixture {
  private static final Ref ONE = ISSUE.ref("1");

  @Test
  void what_was_committed_is_there_after_reopening() {
    Ref project = PROJECT.ref("p");
    commit(
        step()
            .item(container("p", by(BOB), false))
            .item(
                item(
                    ONE,
                    Optional.of(project),
                    Access.inheritedAnd(List.of("x"), x -> Optional.of(ANN)),
                    "hello")));
    store = reopen(store);

    Artifact artifact = artifact(ONE);
    assertThat(artifact.parent()).contains(project);
    assertThat(artifact.revision().toString()).isEqualTo("n7");
    assertThat(new String(artifact.payload().bytes(), StandardCharsets.UTF_8))
        .isEqualTo("{\"v\":\"hello\"}");
    assertThat(artifact.parts().names()).containsExactly("comments");
    assertThat(artifact.access().mode()).isEqualTo(Access.Mode.INHERITED_AND);
    StoredDocument document = document(ONE);
    assertThat(document.connection()).isEqualTo(KEY);
    assertThat(document.title()).isEqualTo("Title of 1");
    assertThat(document.chunks()).containsExactly(new Chunk("c1", "hello"));
    assertThat(document.fields()).isEqualTo(document("x").fields());
    assertThat(document.parent()).contains(project);
    assertThat(document.metadataHash()).isEqualTo(document("Title of 1").metadataHash());
    assertThat(readers(ONE)).containsExactlyInAnyOrder("user:ann", "user:bob");
  }

  @Test
  void known_says_what_is_stored_without_its_content() {
    ItemWrite write = item(ONE, Optional.of(PROJECT.ref("p")), by(ANN), "hello");
    commit(step().item(write).item(container("p", by(BOB), false)));
    Map<String, Known> known = store.corpus().known(KEY, ISSUE, List.of("1", "2"));
    assertThat(known).containsOnlyKeys("1");
    assertThat(known.get("1"))
        .isEqualTo(
            new Known(
                write.artifact().payload().hash(),
                write.artifact().revision(),
                Optional.of(PROJECT.ref("p")),
                by(ANN),
                1,
                false));
    assertThat(known(PROJECT, "p").version()).isZero();
  }

  @Test
  void the_cursor_and_everything_else_of_a_page_arrive_together() {
    Scope scope = Scope.of(ISSUE, PROJECT.ref("p"));
    Pass pass =
        new Pass(
            Pass.Mode.INCREMENTAL,
            Optional.of(new StoredCursor("tracker/issue", "page:int", "{\"page\":2}")),
            Optional.of(T0),
            Optional.of(new StoredCursor("tracker/issue", "token", "\"t\"")),
            3,
            Proof.INFERRED,
            true,
            "a,b");
    Progress progress =
        new Progress(
            scope,
            Optional.of(T0.minusSeconds(5)),
            Optional.of(new StoredCursor("o", "f", "j")),
            true,
            Optional.of(pass),
            "2:ff");
    Validator validator = new Validator("call", "W/\"1\"", ONE);
    commit(
        step()
            .item(issue("1"))
            .progress(progress)
            .seen(new Commit.Seen(scope, 1, new long[] {Long.MIN_VALUE, 0, Long.MAX_VALUE}))
            .seen(new Commit.Seen(scope, 2, new long[] {7, -7}))
            .validator(validator)
            .failed(failure(scope, "9", 1, T0)));
    store = reopen(store);
    assertThat(store.checkpoints().progress(KEY, scope)).contains(progress);
    assertThat(store.checkpoints().progress(KEY, Scope.of(ISSUE))).isEmpty();
    assertThat(store.checkpoints().seen(KEY, scope)).containsExactly(new long[] {7, -7});
    assertThat(store.checkpoints().validators(KEY, List.of("call", "other")))
        .isEqualTo(Map.of("call", validator));
    assertThat(store.journal().failures(KEY, 10)).containsExactly(failure(scope, "9", 1, T0));
    assertThat(told()).containsExactly("issue:1 [CREATED]");
  }

  @Test
  void seen_pages_come_in_the_order_of_their_numbers_until_forgotten() {
    Scope scope = Scope.of(ISSUE);
    commit(step().seen(new Commit.Seen(scope, 10, new long[] {10})));
    commit(step().seen(new Commit.Seen(scope, 2, new long[] {2})));
    commit(step().seen(new Commit.Seen(scope, 2, new long[] {3})));
    assertThat(store.checkpoints().seen(KEY, scope))
        .containsExactly(new long[] {3}, new long[] {10});
    commit(step().forgetSeen(scope).seen(new Commit.Seen(scope, 0, new long[0])));
    assertThat(store.checkpoints().seen(KEY, scope)).containsExactly(new long[0]);
  }

  @Test
  void a_stale_fence_is_refused_and_writes_nothing() {
    Fence newer =
        store.leases().tryAcquire(KEY, T0.plusSeconds(61), T0.plusSeconds(90)).orElseThrow();
    assertThatThrownBy(
            () -> commit(step().item(issue("1")).progress(Progress.none(Scope.of(ISSUE)))))
        .isInstanceOf(LeaseLostException.class);
    assertThat(ids()).isEmpty();
    assertThat(store.checkpoints().progress(KEY, Scope.of(ISSUE))).isEmpty();
    assertThat(events()).isEmpty();
    store.commit(Commit.under(newer, RUN).item(issue("2")).build());
    assertThat(ids()).containsExactly("2");
  }

  @Test
  void a_fence_that_was_never_given_is_refused() {
    Fence invented = new Fence(KEY, "g1", fence.number() + 1);
    assertThatThrownBy(() -> store.commit(Commit.under(invented, RUN).item(issue("1")).build()))
        .isInstanceOf(LeaseLostException.class);
    assertThat(ids()).isEmpty();
  }

  @Test
  void a_fence_of_another_generation_is_refused() {
    store.connections().disconnect(KEY);
    assertThatThrownBy(() -> commit(step().item(issue("1"))))
        .isInstanceOf(LeaseLostException.class);
    store.connections().create(connection(KEY, "g2"));
    Fence second = store.leases().tryAcquire(KEY, T0, T0.plusSeconds(60)).orElseThrow();
    assertThat(second.generation()).isEqualTo("g2");
    assertThatThrownBy(
            () ->
                store.commit(
                    Commit.under(new Fence(KEY, "g1", second.number()), RUN)
                        .item(issue("1"))
                        .build()))
        .isInstanceOf(LeaseLostException.class);
    assertThat(ids()).isEmpty();
  }

  @Test
  void the_refusal_names_the_connection_and_no_content() {
    store.connections().disconnect(KEY);
    assertThatThrownBy(
            () -> commit(step().item(item(ONE, Optional.empty(), by(ANN), "confidential"))))
        .hasMessageContaining("acme/main")
        .hasMessageNotContaining("confidential");
  }

  @Test
  void committing_the_same_content_twice_changes_nothing_that_can_be_read() {
    ItemWrite silent =
        new ItemWrite(issue("1").artifact(), issue("1").derived(), Optional.empty(), false);
    commit(step().item(issue("1")));
    StoredDocument before = document(ONE);
    Committed again = commit(step().item(silent));
    assertThat(again.counts()).isEqualTo(Counts.ZERO);
    assertThat(document(ONE)).isEqualTo(before);
    assertThat(events()).hasSize(1);
  }

  @Test
  void chunks_are_added_changed_removed_and_moved() {
    commit(step().item(with(document("T", "a", "1", "b", "2", "c", "3"))));
    commit(step().item(with(document("T", "c", "3", "a", "one", "d", "4"))));
    assertThat(document(ONE).chunks())
        .containsExactly(new Chunk("c", "3"), new Chunk("a", "one"), new Chunk("d", "4"));
    commit(step().item(with(document("T"))));
    assertThat(document(ONE).chunks()).isEmpty();
  }

  private static ItemWrite with(dev.corpusync.document.Document document) {
    return new ItemWrite(
        artifact(ONE, Optional.empty(), "x", by(ANN)),
        Optional.of(new Derived(document, 1, Set.of(), Set.of("comments"))),
        Optional.empty(),
        false);
  }

  @Test
  void missing_parts_of_a_document_are_kept() {
    commit(step().item(with(document("T"))));
    assertThat(document(ONE).missing()).containsExactly("comments");
  }

  @Test
  void the_last_of_two_writes_of_one_thing_wins() {
    commit(
        step()
            .item(item(ONE, Optional.empty(), by(ANN), "first"))
            .item(item(ONE, Optional.empty(), by(BOB), "second")));
    assertThat(document(ONE).chunks()).containsExactly(new Chunk("c1", "second"));
    assertThat(readers(ONE)).containsExactly("user:bob");
  }

  @Test
  void events_carry_their_aspects_and_chunks_and_grow_by_commit() {
    Set<Aspect> aspects = EnumSet.of(Aspect.CONTENT, Aspect.METADATA, Aspect.ACCESS);
    commit(step().item(issue("1")).item(issue("2")));
    ItemWrite.Event event = new ItemWrite.Event(aspects, Set.of("x", "y"), Set.of("z"));
    Committed committed =
        commit(
            step()
                .item(
                    new ItemWrite(
                        issue("1").artifact(), issue("1").derived(), Optional.of(event), false)));
    assertThat(committed.counts().events()).isEqualTo(1);
    assertThat(events())
        .extracting(Outbox.Event::number)
        .isSorted()
        .doesNotHaveDuplicates()
        .hasSize(3);
    Outbox.Event last = events().get(2);
    assertThat(last.ref()).isEqualTo(ONE);
    assertThat(last.aspects()).isEqualTo(aspects);
    assertThat(last.changedChunks()).isEqualTo(Set.of("x", "y"));
    assertThat(last.removedChunks()).isEqualTo(Set.of("z"));
  }

  @Test
  void a_reference_that_changes_makes_exactly_the_documents_that_used_it_stale() {
    Ref ann = USER.ref("ann");
    commit(
        step()
            .item(item(ONE, Optional.empty(), by(ANN), "x", ann))
            .item(item(ISSUE.ref("2"), Optional.empty(), by(ANN), "y", USER.ref("bob"))));
    commit(step().referenceChanged(ann));
    assertThat(stale(1)).containsExactly("1");
    assertThat(known(ISSUE, "1").stale()).isTrue();
    assertThat(known(ISSUE, "2").stale()).isFalse();
    // derived again, no longer with that lookup
    commit(step().item(item(ONE, Optional.empty(), by(ANN), "x")));
    assertThat(stale(1)).isEmpty();
    commit(step().referenceChanged(ann));
    assertThat(stale(1)).isEmpty();
  }

  private List<String> stale(int version) {
    return store.corpus().stale(KEY, ISSUE, version, Optional.empty(), 100).stream()
        .map(a -> a.ref().id())
        .toList();
  }

  @Test
  void another_version_of_the_transformer_makes_documents_due_page_by_page() {
    commit(step().item(issue("1")).item(issue("2")).item(issue("3")));
    commit(
        step()
            .item(
                new ItemWrite(
                    issue("2").artifact(),
                    Optional.of(new Derived(document("T"), 2, Set.of(), Set.of())),
                    Optional.empty(),
                    false)));
    assertThat(stale(1)).containsExactly("2");
    assertThat(stale(2)).containsExactly("1", "3");
    assertThat(store.corpus().stale(KEY, ISSUE, 2, Optional.of("1"), 1))
        .extracting(a -> a.ref().id())
        .containsExactly("3");
    assertThat(store.corpus().stale(KEY, ISSUE, 3, Optional.empty(), 2))
        .extracting(a -> a.ref().id())
        .containsExactly("1", "2");
  }

  @Test
  void times_keep_their_microseconds_from_1900_to_2500() {
    for (String text :
        List.of(
            "1900-01-01T00:00:00.000001Z",
            "1969-12-31T23:59:59.999999Z",
            "2500-12-31T23:59:59.999999Z")) {
      Instant time = Instant.parse(text);
      Scope scope = Scope.of(ISSUE);
      commit(
          step()
              .progress(
                  new Progress(
                      scope,
                      Optional.of(time.plusNanos(999)),
                      Optional.empty(),
                      true,
                      Optional.empty(),
                      "")));
      assertThat(store.checkpoints().progress(KEY, scope).orElseThrow().watermark()).contains(time);
    }
  }
}
