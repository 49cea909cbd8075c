package dev.corpusync.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.document.Document;
import dev.corpusync.document.Field;
import dev.corpusync.document.Kind;
import dev.corpusync.store.Aspect;
import dev.corpusync.store.ItemWrite;
import dev.corpusync.store.StoredDocument;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** P8: subscribers are told exactly what has changed, and nothing where nothing has. */
class DocumentChangesTest {
  private static Document.Builder text(String title, String... chunks) {
    Document.Builder document = Document.titled(title);
    for (int i = 0; i < chunks.length; i += 2) {
      document.chunk(chunks[i], chunks[i + 1]);
    }
    return document;
  }

  private static StoredDocument stored(Document document) {
    return StoredDocument.builder(new ConnectionKey("acme", "main"), Kind.of("ticket").ref("t1"))
        .title(document.title())
        .fields(document.fields())
        .chunks(document.chunks())
        .readers(Set.of())
        .metadataHash(document.metadataHash())
        .missing(Set.of())
        .build();
  }

  private static Optional<ItemWrite.Event> between(Document.Builder before, Document.Builder now) {
    return DocumentChanges.between(stored(before.build()), now.build(), Set.of());
  }

  private static ItemWrite.Event event(Set<Aspect> aspects, Set<String> changed, Set<String> gone) {
    return ItemWrite.Event.of(aspects).withChangedChunks(changed).withRemovedChunks(gone);
  }

  @Test
  void a_new_document_names_all_its_chunks() {
    assertThat(DocumentChanges.created(text("T", "b", "1", "a", "2").build()))
        .isEqualTo(event(Set.of(Aspect.CREATED), Set.of("a", "b"), Set.of()));
  }

  @Test
  void the_same_document_is_no_event() {
    assertThat(between(text("T", "a", "1"), text("T", "a", "1"))).isEmpty();
    assertThat(between(text("T"), text("T"))).isEmpty();
  }

  @Test
  void changed_new_and_removed_chunks_are_named() {
    assertThat(
            between(
                text("T", "a", "1", "b", "2", "c", "3"), text("T", "a", "1", "b", "x", "d", "4")))
        .contains(event(Set.of(Aspect.CONTENT), Set.of("b", "d"), Set.of("c")));
  }

  @Test
  void another_order_is_other_content_and_names_no_chunk() {
    assertThat(between(text("T", "a", "1", "b", "2"), text("T", "b", "2", "a", "1")))
        .contains(event(Set.of(Aspect.CONTENT), Set.of(), Set.of()));
  }

  @Test
  void title_and_fields_are_metadata() {
    Set<Aspect> metadata = Set.of(Aspect.METADATA);
    assertThat(between(text("T", "a", "1"), text("U", "a", "1")))
        .contains(event(metadata, Set.of(), Set.of()));
    assertThat(between(text("T"), text("T").field(Field.keyword("state"), "open")))
        .contains(event(metadata, Set.of(), Set.of()));
  }

  @Test
  void what_does_not_show_in_the_document_is_told_beside_it() {
    Document document = text("T", "a", "1").build();
    assertThat(DocumentChanges.between(stored(document), document, Set.of(Aspect.ACCESS)))
        .contains(event(Set.of(Aspect.ACCESS), Set.of(), Set.of()));
    assertThat(
            DocumentChanges.between(
                stored(document), text("T", "a", "2").build(), Set.of(Aspect.ACCESS)))
        .contains(event(Set.of(Aspect.ACCESS, Aspect.CONTENT), Set.of("a"), Set.of()));
  }

  @Test
  void a_hash_that_was_made_in_another_way_is_no_change() {
    Document now = text("T", "a", "1").build();
    StoredDocument before = stored(now).toBuilder().metadataHash("of an older version").build();
    assertThat(DocumentChanges.between(before, now, Set.of())).isEmpty();
  }

  @Test
  void labels_that_read_alike_when_joined_are_a_change() {
    Field<String> label = Field.keyword("label");
    Document.Builder one = text("T").fields(label, List.of("a, b"));
    assertThat(between(one, text("T").fields(label, List.of("a", "b"))))
        .contains(event(Set.of(Aspect.METADATA), Set.of(), Set.of()));
  }
}
