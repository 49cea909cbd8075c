package dev.corpusync.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.document.Chunk;
import dev.corpusync.document.Kind;
import dev.corpusync.document.Principal;
import dev.corpusync.document.Ref;
import dev.corpusync.feed.Change;
import dev.corpusync.store.Aspect;
import dev.corpusync.store.Outbox;
import dev.corpusync.store.StoredDocument;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchIndexTest {
  private static final ConnectionKey KEY = new ConnectionKey("acme", "desk");
  private static final ConnectionKey OTHER = new ConnectionKey("acme", "wiki");
  private static final Principal ADA = Principal.user("ada");
  private static final Principal BEN = Principal.user("ben");
  private static final Ref ONE = Kind.of("ticket").ref("1");
  private static final Ref TWO = Kind.of("ticket").ref("2");

  @TempDir private Path folder;
  private SearchIndex index;

  @BeforeEach
  void open() {
    index =
        SearchIndex.open(
            folder.resolve("index.db"),
            (key, ref, chunk) ->
                Optional.of(
                    URI.create("https://desk.example/" + ref.id() + "#" + chunk.orElse("top"))));
  }

  @AfterEach
  void close() {
    index.close();
  }

  @Test
  void a_hit_cites_its_passage_with_title_link_and_excerpt() {
    index.apply(stored(KEY, ONE, "Printer", Set.of(ADA), chunk("c1", "The kettle is fine")));
    assertThat(search("kettle", ADA))
        .containsExactly(
            new SearchIndex.Hit("Printer", "https://desk.example/1#c1", "The [kettle] is fine"));
  }

  @Test
  void only_readers_find_a_document() {
    index.apply(stored(KEY, ONE, "Kettle", Set.of(ADA), chunk("c", "boils")));
    index.apply(stored(KEY, TWO, "Kettle", Set.of(Principal.anyone()), chunk("c", "whistles")));
    assertThat(search("kettle", ADA, Principal.anyone())).hasSize(2);
    assertThat(search("kettle", BEN, Principal.anyone())).hasSize(1);
    assertThat(search("kettle", BEN)).isEmpty();
    assertThat(search("kettle")).isEmpty();
  }

  @Test
  void hidden_matches_do_not_use_up_the_limit() {
    for (int i = 0; i < 20; i++) {
      Ref ref = Kind.of("ticket").ref("hidden" + i);
      index.apply(stored(KEY, ref, "Kettle kettle", Set.of(BEN), chunk("c", "kettle kettle")));
    }
    index.apply(stored(KEY, ONE, "Pot", Set.of(ADA), chunk("c", "beside a kettle somewhere")));
    assertThat(index.search("acme", Set.of(ADA), "kettle", 1)).hasSize(1);
  }

  @Test
  void tenants_do_not_see_each_other() {
    index.apply(stored(KEY, ONE, "Kettle", Set.of(ADA), chunk("c", "boils")));
    assertThat(index.search("other", Set.of(ADA), "kettle", 10)).isEmpty();
  }

  @Test
  void applying_a_change_twice_changes_nothing() {
    Change change = stored(KEY, ONE, "Kettle", Set.of(ADA), chunk("c", "boils"));
    index.apply(change);
    index.apply(change);
    assertThat(search("kettle", ADA)).hasSize(1);
    Change gone = new Change.Deleted(KEY, ONE, position(KEY));
    index.apply(gone);
    index.apply(gone);
    assertThat(search("kettle", ADA)).isEmpty();
  }

  @Test
  void only_changed_chunks_are_written_again() {
    index.apply(stored(KEY, ONE, "Pot", Set.of(ADA), chunk("a", "one"), chunk("b", "two")));
    assertThat(index.written()).isEqualTo(2);
    index.apply(
        changed(KEY, ONE, "Pot", Set.of(ADA), Set.of("b"), chunk("a", "one"), chunk("b", "three")));
    assertThat(index.written()).isEqualTo(3);
    assertThat(search("two", ADA)).isEmpty();
    assertThat(search("three", ADA)).hasSize(1);
  }

  @Test
  void a_change_of_readers_takes_effect_and_writes_no_passage() {
    index.apply(stored(KEY, ONE, "Pot", Set.of(ADA), chunk("a", "one")));
    index.apply(changed(KEY, ONE, "Pot", Set.of(BEN), Set.of(), chunk("a", "one")));
    assertThat(index.written()).isEqualTo(1);
    assertThat(search("one", ADA)).isEmpty();
    assertThat(search("one", BEN)).hasSize(1);
  }

  @Test
  void a_new_title_is_found_in_every_passage() {
    index.apply(stored(KEY, ONE, "Pot", Set.of(ADA), chunk("a", "one"), chunk("b", "two")));
    index.apply(
        changed(KEY, ONE, "Kettle", Set.of(ADA), Set.of(), chunk("a", "one"), chunk("b", "two")));
    assertThat(search("kettle", ADA)).hasSize(2);
    assertThat(search("pot", ADA)).isEmpty();
  }

  @Test
  void removed_chunks_are_not_found_any_more() {
    index.apply(stored(KEY, ONE, "Pot", Set.of(ADA), chunk("a", "one"), chunk("b", "two")));
    index.apply(changed(KEY, ONE, "Pot", Set.of(ADA), Set.of(), chunk("a", "one")));
    assertThat(search("two", ADA)).isEmpty();
    assertThat(search("one", ADA)).hasSize(1);
  }

  @Test
  void a_document_without_text_is_found_by_its_title() {
    index.apply(stored(KEY, ONE, "Kettle", Set.of(ADA)));
    assertThat(search("kettle", ADA))
        .containsExactly(new SearchIndex.Hit("Kettle", "https://desk.example/1#top", ""));
  }

  @Test
  void disconnecting_drops_exactly_that_connection() {
    index.apply(stored(KEY, ONE, "Kettle", Set.of(ADA), chunk("c", "boils")));
    index.apply(stored(OTHER, ONE, "Kettle", Set.of(ADA), chunk("c", "whistles")));
    index.apply(new Change.Disconnected(KEY, position(KEY)));
    assertThat(search("kettle", ADA)).extracting(SearchIndex.Hit::excerpt).contains("whistles");
    assertThat(search("boils", ADA)).isEmpty();
  }

  @Test
  void nothing_that_a_person_types_is_syntax() {
    index.apply(stored(KEY, ONE, "Kettle", Set.of(ADA), chunk("c", "near the title")));
    for (String typed :
        List.of("\"", "kettle AND", "NOT", "title:x", "a* OR (b", "-", "'; DROP", "^x", "\0", "")) {
      assertThat(search(typed, ADA)).as(typed).isEmpty();
    }
    assertThat(search("kettle, (near) \"title\"*", ADA)).hasSize(1);
  }

  private List<SearchIndex.Hit> search(String query, Principal... person) {
    return index.search("acme", Set.of(person), query, 10);
  }

  private static Chunk chunk(String key, String text) {
    return new Chunk(key, text);
  }

  private static Change stored(
      ConnectionKey key, Ref ref, String title, Set<Principal> readers, Chunk... chunks) {
    Set<String> all = List.of(chunks).stream().map(Chunk::key).collect(Collectors.toSet());
    return changed(key, ref, title, readers, all, chunks);
  }

  private static Change changed(
      ConnectionKey key,
      Ref ref,
      String title,
      Set<Principal> readers,
      Set<String> changed,
      Chunk... chunks) {
    StoredDocument document =
        StoredDocument.builder(key, ref)
            .title(title)
            .fields(Map.of())
            .chunks(List.of(chunks))
            .readers(readers)
            .metadataHash("hash")
            .missing(Set.of())
            .build();
    return new Change.Stored(
        key, document, Set.of(Aspect.CREATED), changed, Set.of(), position(key));
  }

  private static Outbox.Position position(ConnectionKey key) {
    return Outbox.Position.builder("search", key, "g").acknowledged(1).build();
  }
}
