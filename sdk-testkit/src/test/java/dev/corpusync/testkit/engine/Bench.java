package dev.corpusync.testkit.engine;

import dev.corpusync.auth.AuthScheme;
import dev.corpusync.auth.Secret;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.connection.Descriptor;
import dev.corpusync.connector.Connector;
import dev.corpusync.connector.Stream;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.engine.CorpusyncBuilder;
import dev.corpusync.feed.Change;
import dev.corpusync.http.HttpClients;
import dev.corpusync.memory.MemoryStore;
import dev.corpusync.store.Store;
import dev.corpusync.sync.RunListener;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeServer;
import dev.corpusync.testkit.time.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * An engine over a table of things: each path answers with a mutable map of records in one page,
 * filtered by nothing.
 */
final class Bench implements AutoCloseable {
  static final ConnectionKey KEY = new ConnectionKey("acme", "main");
  final Map<String, Map<String, String>> paths = new TreeMap<>();
  final List<String> notices = new ArrayList<>();
  final VirtualTime time = new VirtualTime();
  final Store store;
  final FakeServer server;

  /** Of the last request. */
  volatile Optional<String> authorization = Optional.empty();

  Bench() {
    this(MemoryStore.open());
  }

  Bench(Store store) {
    this.store = store;
    server =
        FakeServer.serving(
            request -> {
              authorization = request.header("authorization");
              return Optional.ofNullable(paths.get(request.path()))
                  .map(
                      records ->
                          FakeReply.json(
                                  "{\"data\":["
                                      + String.join(",", records.values())
                                      + "],\"next\":null}")
                              .header("Date", "Sun, 01 Mar 2026 09:00:00 GMT"));
            });
  }

  /** Sets one record; the JSON needs no outer braces and no id. */
  Bench put(String path, String id, String fields) {
    paths
        .computeIfAbsent(path, p -> new TreeMap<>())
        .put(id, "{\"id\":\"" + id + "\"," + fields + "}");
    return this;
  }

  Bench ticket(String id, String text) {
    return put(
        "/tickets",
        id,
        "\"visibility\":\"public\",\"subject\":\"Subject " + id + "\",\"text\":\"" + text + "\"");
  }

  Bench remove(String path, String id) {
    paths.getOrDefault(path, Map.of()).remove(id);
    return this;
  }

  Corpusync engine(Stream... streams) {
    return engine(builder -> builder, streams);
  }

  Corpusync engine(UnaryOperator<CorpusyncBuilder> options, Stream... streams) {
    return connected(options.apply(builder("bench", streams)), "bench");
  }

  CorpusyncBuilder builder(String id, Stream... streams) {
    return Corpusync.builder(store)
        .connector(connector(id, streams))
        .apis(HttpClients.builder().time(time).random(new Random(1)).retries(1).build())
        .time(time)
        .random(new Random(3))
        .listener(new Notices(notices))
        .parallelism(1);
  }

  /** Knows nothing of the bench: what an engine holds is searched for secrets. */
  private record Notices(List<String> all) implements RunListener {
    @Override
    public void noticed(ConnectionKey key, String what) {
      synchronized (all) {
        all.add(what);
      }
    }
  }

  Corpusync connected(CorpusyncBuilder builder, String id) {
    Corpusync engine = builder.build();
    engine.connect(
        KEY, id, Map.of("base_url", server.url().toString()), () -> Secret.of("bench-t0ken"));
    return engine;
  }

  static Connector connector(String id, Stream... streams) {
    return new Connector() {
      @Override
      public Descriptor descriptor() {
        return Descriptor.of(id, "Bench", "https://bench.example")
            .auth(AuthScheme.bearer())
            .build();
      }

      @Override
      public List<Stream> streams() {
        return List.of(streams);
      }
    };
  }

  static List<Change> changes(Corpusync engine) {
    List<Change> all = new ArrayList<>();
    engine.changes(KEY.tenant(), "test").deliver(all::add);
    return all;
  }

  @Override
  public void close() {
    server.close();
    store.close();
  }
}
