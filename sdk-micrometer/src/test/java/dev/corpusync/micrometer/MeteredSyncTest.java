package dev.corpusync.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.Visibility;
import dev.corpusync.auth.AuthScheme;
import dev.corpusync.auth.Secret;
import dev.corpusync.cite.Citation;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.connection.Descriptor;
import dev.corpusync.connector.SingleStream;
import dev.corpusync.document.Access;
import dev.corpusync.document.Document;
import dev.corpusync.document.Kind;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Listing;
import dev.corpusync.extract.Paging;
import dev.corpusync.extract.Source;
import dev.corpusync.memory.MemoryStore;
import dev.corpusync.store.Store;
import dev.corpusync.sync.Run;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeServer;
import dev.corpusync.testkit.fake.Fault;
import dev.corpusync.transform.Lookups;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a registry knows after real runs. */
class MeteredSyncTest {
  private static final ConnectionKey KEY = new ConnectionKey("acme", "notes");
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  /** Notes, some of them private. */
  private static final class Notes implements SingleStream {
    @Override
    public Descriptor descriptor() {
      return Descriptor.of("notes", "Notes", "https://notes.example")
          .auth(AuthScheme.bearer())
          .build();
    }

    @Override
    public Kind kind() {
      return Kind.of("note");
    }

    @Override
    public Source source() {
      return Source.listing(
              Listing.of(at -> Call.get("/notes"), "data", Paging.cursor("cursor", "next")))
          .relisted();
    }

    @Override
    public String id(Item note) {
      return note.id("id");
    }

    @Override
    public Visibility visibility(Item note) {
      return Visibility.allow(note, "shared", true);
    }

    @Override
    public Access access(Item note) {
      return Access.wholeConnection("a test");
    }

    @Override
    public int version() {
      return 1;
    }

    @Override
    public Document transform(Item note, Lookups lookups) {
      return Document.titled(note.id("id")).build();
    }

    @Override
    public Optional<URI> cite(Citation passage) {
      return Optional.empty();
    }
  }

  private double count(String name, String... tags) {
    return registry.get(name).tags(tags).counter().count();
  }

  @Test
  void it_knows_what_became_of_the_records_and_of_the_runs() {
    String page =
        "{\"data\":[{\"id\":1,\"shared\":true},{\"id\":2,\"shared\":true},{\"id\":3}],\"next\":null}";
    try (FakeServer api = FakeServer.serving(request -> Optional.of(FakeReply.json(page)));
        Store store = MemoryStore.open();
        Corpusync corpusync =
            Corpusync.builder(store)
                .connector(new Notes())
                .listener(new MeteredSync(registry))
                .build()) {
      corpusync.connect(
          KEY, "notes", Map.of("base_url", api.url().toString()), () -> Secret.of("t"));
      corpusync.sync(KEY);
      corpusync.sync(KEY);
      api.faultAlways(Fault.status(401));
      assertThat(corpusync.sync(KEY).state()).isEqualTo(Run.State.FAILED);
    }

    assertThat(count("corpusync.records", "outcome", "stored")).isEqualTo(2);
    assertThat(count("corpusync.records", "outcome", "unchanged")).isEqualTo(2);
    assertThat(count("corpusync.records", "outcome", "hidden")).isEqualTo(2);
    assertThat(count("corpusync.events")).isEqualTo(2);
    assertThat(count("corpusync.requests")).isGreaterThanOrEqualTo(2);
    assertThat(registry.get("corpusync.run").tag("state", "succeeded").timer().count())
        .isEqualTo(2);
    assertThat(
            registry
                .get("corpusync.run")
                .tags("state", "failed", "failure_kind", "authorisation")
                .timer()
                .count())
        .isEqualTo(1);
    assertThat(registry.get("corpusync.runs.active").gauge().value()).isZero();
    assertThat(registry.getMeters().stream().flatMap(m -> m.getId().getTags().stream()))
        .as("tenants and connections are no tags")
        .noneMatch(tag -> tag.getValue().contains("acme"));
  }
}
