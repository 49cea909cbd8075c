package dev.corpusync.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.artifact.Artifact;
import dev.corpusync.document.Access;
import dev.corpusync.document.Chunk;
import dev.corpusync.document.Ref;
import dev.corpusync.store.Commit;
import dev.corpusync.store.CommitResult;
import dev.corpusync.store.Derived;
import dev.corpusync.store.EntityTag;
import dev.corpusync.store.ItemState;
import dev.corpusync.store.ItemWrite;
import dev.corpusync.store.StoredDocument;
import dev.corpusync.sync.Checkpoint;
import dev.corpusync.sync.Counts;
import dev.corpusync.sync.Pass;
import dev.corpusync.sync.Proof;
import dev.corpusync.sync.Scope;
import dev.corpusync.sync.StoredCursor;
import dev.corpusync.testkit.check.Check;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;

/** What one unit of work writes and replaces (P1, P8). */
@NullUnmarked // tests read maps whose keys they have just written
abstract class CommitContract extends StoreFixture {
  private static ItemWrite with(dev.corpusync.document.Document document) {
    return ItemWrite.of(artifact(ONE, Optional.empty(), "x", by(ANN)))
        .withDerived(Optional.of(new Derived(document, 1, Set.of(), Set.of("comments"))));
  }

  @Check(id = "STO-03a", rule = "What a commit stored can be read by another instance, whole.")
  public final void what_was_committed_is_there_after_reopening() {
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

  @Check(id = "STO-03b", rule = "The engine decides what changed by what the store knows.")
  public final void known_says_what_is_stored_without_its_content() {
    ItemWrite write = item(ONE, Optional.of(PROJECT.ref("p")), by(ANN), "hello");
    commit(step().item(write).item(container("p", by(BOB), false)));
    Map<String, ItemState> known = store.corpus().states(KEY, ISSUE, List.of("1", "2"));
    assertThat(known).containsOnlyKeys("1");
    assertThat(known.get("1"))
        .isEqualTo(
            ItemState.builder()
                .hash(write.artifact().payload().hash())
                .revision(write.artifact().revision())
                .parent(Optional.of(PROJECT.ref("p")))
                .access(by(ANN))
                .version(1)
                .stale(false)
                .build());
    assertThat(state(PROJECT, "p").version()).isZero();
  }

  @Check(id = "STO-03c", rule = "The cursor and all that it stands for are one unit.")
  public final void the_cursor_and_everything_else_of_a_page_arrive_together() {
    Scope scope = Scope.of(ISSUE, PROJECT.ref("p"));
    Pass pass =
        Pass.builder(Pass.Mode.INCREMENTAL)
            .next(new StoredCursor("tracker/issue", "page:int", "{\"page\":2}"))
            .candidate(T0)
            .deltaToken(new StoredCursor("tracker/issue", "token", "\"t\""))
            .pages(3)
            .proof(Proof.INFERRED)
            .ended(true)
            .cycleTrail("a,b")
            .build();
    Checkpoint checkpoint =
        Checkpoint.builder(scope)
            .watermark(T0.minusSeconds(5))
            .deltaToken(new StoredCursor("o", "f", "j"))
            .completed(true)
            .pass(pass)
            .suspects("2:ff")
            .build();
    EntityTag validator = new EntityTag("call", "W/\"1\"", ONE);
    commit(
        step()
            .item(issue("1"))
            .checkpoint(checkpoint)
            .seen(Commit.Seen.of(scope, 1, new long[] {Long.MIN_VALUE, 0, Long.MAX_VALUE}))
            .seen(Commit.Seen.of(scope, 2, new long[] {7, -7}))
            .entityTag(validator)
            .failed(failure(scope, "9", 1, T0)));
    store = reopen(store);
    assertThat(store.checkpoints().checkpoint(KEY, scope)).contains(checkpoint);
    assertThat(store.checkpoints().checkpoint(KEY, Scope.of(ISSUE))).isEmpty();
    assertThat(store.checkpoints().seen(KEY, scope)).containsExactly(new long[] {7, -7});
    assertThat(store.checkpoints().entityTags(KEY, List.of("call", "other")))
        .isEqualTo(Map.of("call", validator));
    assertThat(store.journal().failures(KEY, 10)).containsExactly(failure(scope, "9", 1, T0));
    assertThat(told()).containsExactly("issue:1 [CREATED]");
  }

  @Check(
      id = "STO-03d",
      rule = "What a listing has met is kept page by page until its pass is over.")
  public final void seen_pages_come_in_the_order_of_their_numbers_until_forgotten() {
    Scope scope = Scope.of(ISSUE);
    commit(step().seen(Commit.Seen.of(scope, 10, new long[] {10})));
    commit(step().seen(Commit.Seen.of(scope, 2, new long[] {2})));
    commit(step().seen(Commit.Seen.of(scope, 2, new long[] {3})));
    assertThat(store.checkpoints().seen(KEY, scope))
        .containsExactly(new long[] {3}, new long[] {10});
    commit(step().clearSeen(scope).seen(Commit.Seen.of(scope, 0, new long[0])));
    assertThat(store.checkpoints().seen(KEY, scope)).containsExactly(new long[0]);
  }

  @Check(id = "STO-04a", rule = "A page that is committed twice changes nothing.")
  public final void committing_the_same_content_twice_changes_nothing_that_can_be_read() {
    ItemWrite silent = ItemWrite.of(issue("1").artifact()).withDerived(issue("1").derived());
    commit(step().item(issue("1")));
    StoredDocument before = document(ONE);
    CommitResult again = commit(step().item(silent));
    assertThat(again.counts()).isEqualTo(Counts.ZERO);
    assertThat(document(ONE)).isEqualTo(before);
    assertThat(events()).hasSize(1);
  }

  @Check(id = "STO-04b", rule = "Within a commit the later write of a thing stands.")
  public final void the_last_of_two_writes_of_one_thing_wins() {
    commit(
        step()
            .item(item(ONE, Optional.empty(), by(ANN), "first"))
            .item(item(ONE, Optional.empty(), by(BOB), "second")));
    assertThat(document(ONE).chunks()).containsExactly(new Chunk("c1", "second"));
    assertThat(readers(ONE)).containsExactly("user:bob");
  }

  @Check(
      id = "STO-03e",
      rule = "A document has exactly the chunks of its last write, in their order.")
  public final void chunks_are_added_changed_removed_and_moved() {
    commit(step().item(with(document("T", "a", "1", "b", "2", "c", "3"))));
    commit(step().item(with(document("T", "c", "3", "a", "one", "d", "4"))));
    assertThat(document(ONE).chunks())
        .containsExactly(new Chunk("c", "3"), new Chunk("a", "one"), new Chunk("d", "4"));
    commit(step().item(with(document("T"))));
    assertThat(document(ONE).chunks()).isEmpty();
  }

  @Check(id = "STO-03f", rule = "A document that is incomplete says so.")
  public final void missing_parts_of_a_document_are_kept() {
    commit(step().item(with(document("T"))));
    assertThat(document(ONE).missing()).containsExactly("comments");
  }
}
