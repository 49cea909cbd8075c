package dev.corpusync.examples.fakes;

import dev.corpusync.auth.Secret;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.connector.Connector;
import dev.corpusync.document.Ref;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.http.HttpClients;
import dev.corpusync.relational.RelationalStore;
import dev.corpusync.store.Store;
import dev.corpusync.store.StoredDocument;
import dev.corpusync.sync.FailedItem;
import dev.corpusync.sync.Run;
import dev.corpusync.testkit.fake.FakeApi;
import dev.corpusync.testkit.fake.FakeServer;
import dev.corpusync.testkit.fault.CrashPlan;
import dev.corpusync.testkit.fault.CrashingApiFactory;
import dev.corpusync.testkit.fault.CrashingStore;
import dev.corpusync.testkit.fault.SimulatedCrash;
import dev.corpusync.testkit.time.VirtualTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** A connector with a served API, a corpus in an SQLite file, and several simulated processes. */
final class Rig implements AutoCloseable {
  static final ConnectionKey KEY = new ConnectionKey("acme", "main");
  static final String SECRET = "rig-t0ken";
  final FakeServer server;
  final VirtualTime time = new VirtualTime();
  private final Connector connector;
  private final Function<URI, Map<String, String>> settings;
  private final Store store;
  private boolean prefetch;

  Rig(Connector connector, FakeApi api, Function<URI, Map<String, String>> settings, Path folder) {
    this.connector = connector;
    this.settings = settings;
    server = FakeServer.serving(api);
    try {
      store = RelationalStore.sqlite(Files.createTempFile(folder, "corpus", ".db"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Rig prefetching(boolean ahead) {
    prefetch = ahead;
    return this;
  }

  /** Runs one process: it connects, works, and ends. */
  <T> T process(CrashPlan plan, Function<Corpusync, T> work) {
    // A worker that died keeps its lease until it expires.
    time.advance(Duration.ofHours(1));
    HttpClients clients = HttpClients.builder().time(time).random(new Random(5)).retries(1).build();
    try (Corpusync engine =
        Corpusync.builder(new CrashingStore(store, plan))
            .connector(connector)
            .apis(new CrashingApiFactory(clients, plan))
            .time(time)
            .random(new Random(5))
            .parallelism(1)
            .prefetch(prefetch)
            .build()) {
      engine.connect(
          KEY, connector.descriptor().id(), settings.apply(server.url()), () -> Secret.of(SECRET));
      return work.apply(engine);
    }
  }

  Run sync() {
    return process(CrashPlan.counting(), engine -> engine.sync(KEY));
  }

  Run resync() {
    return process(CrashPlan.counting(), engine -> engine.resync(KEY));
  }

  /** Runs a process that crashes. */
  void dies(CrashPlan plan) {
    try {
      process(plan, engine -> engine.sync(KEY));
    } catch (SimulatedCrash died) {
      // as planned
    }
  }

  /** All stored documents. */
  Map<Ref, StoredDocument> documents() {
    Map<Ref, StoredDocument> all = new TreeMap<>();
    store
        .corpus()
        .documentsAfter(KEY, Optional.empty(), 10_000)
        .forEach(document -> all.put(document.ref(), document));
    return all;
  }

  /** What a run says, with the reasons of the items that failed. */
  String reasons(Run run) {
    return run.message()
        + store.journal().failures(KEY, 100).stream().map(FailedItem::reason).toList();
  }

  Set<Ref> refs() {
    return documents().keySet();
  }

  @Override
  public void close() {
    server.close();
    store.close();
  }
}
