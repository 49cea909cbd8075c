package dev.corpusync.testkit.extract;

import dev.corpusync.artifact.Part;
import dev.corpusync.artifact.Payload;
import dev.corpusync.auth.AuthScheme;
import dev.corpusync.auth.Secret;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.connection.Settings;
import dev.corpusync.document.Kind;
import dev.corpusync.document.Ref;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.extract.Api;
import dev.corpusync.extract.At;
import dev.corpusync.extract.Extractor;
import dev.corpusync.extract.FetchRequest;
import dev.corpusync.extract.Page;
import dev.corpusync.extract.Source;
import dev.corpusync.http.HttpClients;
import dev.corpusync.memory.MemoryStore;
import dev.corpusync.store.Store;
import dev.corpusync.sync.FailedItem;
import dev.corpusync.sync.Proof;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.SyncCursor;
import dev.corpusync.testkit.fake.FakeApi;
import dev.corpusync.testkit.fake.FakeServer;
import dev.corpusync.testkit.time.VirtualTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * One source over a real socket, walked by hand ({@link #walk}) or by the engine ({@link #sync}).
 * The API behind it can be changed.
 */
final class SourceRig implements AutoCloseable {
  static final ConnectionKey KEY = new ConnectionKey("acme", "things");
  private static final int ENDLESS = 200;
  final VirtualTime time = new VirtualTime();
  final FakeServer server;
  private final Things connector;
  private final Map<String, String> settings;
  private final HttpClients clients = HttpClients.builder().time(time).retries(0).build();
  private final Store store = MemoryStore.open();
  private final Corpusync corpusync;
  private FakeApi api = request -> Optional.empty();

  SourceRig(Source source) {
    this(new Things(source), Map.of());
  }

  SourceRig(Things connector, Map<String, String> settings) {
    this.connector = connector;
    server = FakeServer.serving(request -> api.answer(request));
    this.settings = new HashMap<>(settings);
    this.settings.put("base_url", server.url().toString());
    corpusync = Corpusync.builder(store).connector(connector).time(time).build();
    corpusync.connect(KEY, "things", this.settings, () -> Secret.of("t"));
  }

  SourceRig serving(FakeApi other) {
    api = other;
    return this;
  }

  /** What a walk gave. */
  record Walk<C extends SyncCursor>(List<Page<C>> pages) {
    List<String> ids() {
      return pages.stream().flatMap(p -> p.records().stream()).map(Walk::id).toList();
    }

    List<String> tombstones() {
      return pages.stream().flatMap(p -> p.tombstones().stream()).map(Walk::id).toList();
    }

    /** The weakest of all pages, as the engine takes it. */
    Proof proof() {
      return pages.stream().map(Page::proof).reduce(Proof.SAID, Proof::weaker);
    }

    Page<C> last() {
      return pages.get(pages.size() - 1);
    }

    private static String id(Payload record) {
      return record.json().id("id");
    }
  }

  /** Every page from the start, each fetched twice: an extractor keeps nothing between calls. */
  Walk<?> walk(Optional<Instant> since) {
    return walk(connector.source().extractor(), since);
  }

  private <C extends SyncCursor> Walk<C> walk(Extractor<C> extractor, Optional<Instant> since) {
    Settings valid = Settings.of(connector.descriptor().settings(), settings);
    Api client =
        clients.open(KEY, server.url(), AuthScheme.bearer().authorizer(() -> Secret.of("t")));
    List<Page<C>> pages = new ArrayList<>();
    Optional<C> position = Optional.empty();
    do {
      FetchRequest<C> ask =
          FetchRequest.<C>first(At.of(valid, Optional.empty()), client, time.now())
              .withPosition(position)
              .withSince(since);
      extractor.fetch(ask);
      pages.add(extractor.fetch(ask));
      position = pages.get(pages.size() - 1).next();
    } while (position.isPresent() && pages.size() < ENDLESS);
    return new Walk<>(pages);
  }

  Run sync() {
    return corpusync.sync(KEY);
  }

  Run resync() {
    return corpusync.resync(KEY);
  }

  /** The ids of what is stored, sorted. */
  List<String> stored() {
    TreeSet<String> ids = new TreeSet<>();
    store
        .corpus()
        .documentsAfter(KEY, Optional.empty(), 10_000)
        .forEach(d -> ids.add(d.ref().id()));
    return List.copyOf(ids);
  }

  /** How many records the stored part of a thing has. */
  int parts(String id, String part) {
    Ref ref = Kind.of("thing").ref(id);
    return store
        .corpus()
        .artifacts(KEY, List.of(ref))
        .get(ref)
        .parts()
        .find(Part.named(part))
        .orElseThrow()
        .size();
  }

  /** The ids that wait for another try, sorted. */
  List<String> failures() {
    return corpusync.failures(KEY, 100).stream().map(FailedItem::id).sorted().toList();
  }

  @Override
  public void close() {
    corpusync.close();
    clients.close();
    store.close();
    server.close();
  }
}
