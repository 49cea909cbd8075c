package dev.corpusync.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.artifact.Artifact;
import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.Parts;
import dev.corpusync.artifact.Payload;
import dev.corpusync.artifact.Revision;
import dev.corpusync.artifact.Visibility;
import dev.corpusync.connection.Connection;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.connection.Settings;
import dev.corpusync.document.Access;
import dev.corpusync.document.Document;
import dev.corpusync.document.Field;
import dev.corpusync.document.Kind;
import dev.corpusync.error.ConnectorDefectException;
import dev.corpusync.memory.MemoryStore;
import dev.corpusync.store.Commit;
import dev.corpusync.store.Derived;
import dev.corpusync.store.ItemWrite;
import dev.corpusync.store.Store;
import dev.corpusync.sync.Fence;
import dev.corpusync.transform.RecordedLookups.References;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** P9: a document comes with everything that it was derived from. */
class TransformationTest {
  private static final ConnectionKey KEY = new ConnectionKey("acme", "main");
  private static final Kind USER = Kind.of("user");
  private static final Kind LABEL = Kind.of("label");
  private static final Field<String> STATE = Field.keyword("state");
  private static final Settings SETTINGS = Settings.stored(Map.of());
  private final Store store = MemoryStore.open();
  private RecordedLookups lookups = lookups();

  @BeforeEach
  void storeOneUser() {
    store.connections().create(new Connection(KEY, "desk", "g1", SETTINGS));
    Fence fence =
        store.leases().tryAcquire(KEY, Instant.EPOCH, Instant.EPOCH.plusSeconds(60)).orElseThrow();
    Artifact ann =
        Artifact.of(
            USER.ref("ann"),
            Optional.empty(),
            Revision.content(),
            json("{\"name\":\"Ann\"}"),
            Parts.none(),
            Visibility.declared("a test"),
            Access.known(List.of()));
    store.commit(Commit.under(fence, "run").item(ItemWrite.of(ann)).build());
    lookups = lookups();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private RecordedLookups lookups() {
    return new RecordedLookups(
        new References(store.corpus(), KEY, SETTINGS, Map.of(USER, user -> user.text("name"))));
  }

  private static Payload json(String text) {
    return Payload.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Item item() {
    return Item.of(json("{\"author\":\"ann\"}").json(), Optional.empty(), SETTINGS);
  }

  private static Transformation of(BiFunction<Item, Lookups, Document> transform) {
    return Transformation.of(
        new Transformer() {
          @Override
          public int version() {
            return 3;
          }

          @Override
          public List<Field<?>> fields() {
            return List.of(STATE);
          }

          @Override
          public Document transform(Item item, Lookups found) {
            return transform.apply(item, found);
          }
        });
  }

  @Test
  void a_document_is_derived_with_its_version_its_lookups_and_what_is_missing() {
    Derived derived =
        of((item, found) ->
                Document.titled("by " + found.name(USER, item.text("author")).orElse("?"))
                    .field(STATE, "open")
                    .build())
            .derive(item(), lookups, Set.of("comments"));
    assertThat(derived.document().title()).isEqualTo("by Ann");
    assertThat(derived.version()).isEqualTo(3);
    assertThat(derived.lookups()).containsExactly(USER.ref("ann"));
    assertThat(derived.missing()).containsExactly("comments");
  }

  @Test
  void a_reference_that_is_not_stored_is_recorded_too() {
    assertThat(lookups.find(USER, "bob")).isEmpty();
    assertThat(lookups.name(USER, "eve")).isEmpty();
    assertThat(lookups.asked()).containsExactly(USER.ref("bob"), USER.ref("eve"));
  }

  @Test
  void a_kind_without_a_stream_of_references_has_no_name() {
    assertThat(lookups.name(LABEL, "ann")).isEmpty();
    assertThat(lookups.asked()).isEmpty();
  }

  @Test
  void an_undeclared_field_is_refused_by_its_name() {
    Transformation undeclared =
        of((item, found) -> Document.titled("T").field(Field.keyword("colour"), "red").build());
    assertThatThrownBy(() -> undeclared.derive(item(), lookups, Set.of()))
        .isInstanceOf(ConnectorDefectException.class)
        .hasMessage("sets the field 'colour', which fields() does not declare");
  }
}
