package dev.corpusync.testkit.engine;

import dev.corpusync.auth.Secret;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.connector.Stream;
import dev.corpusync.document.Kind;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.http.HttpClients;
import dev.corpusync.memory.MemoryStore;
import dev.corpusync.store.Store;
import dev.corpusync.sync.Checkpoint;
import dev.corpusync.sync.FailedItem;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.Scope;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeServer;
import dev.corpusync.testkit.time.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An engine over exchanges that a test writes down: a path with its query, and the answer. What is
 * not written down is answered with 404.
 */
final class Exchanges implements AutoCloseable {
  static final ConnectionKey KEY = new ConnectionKey("acme", "raw");
  final VirtualTime time = new VirtualTime();
  final Store store;
  final FakeServer server;
  final Corpusync engine;
  private final Map<String, FakeReply> answers = new TreeMap<>();
  private final HttpClients clients;

  Exchanges(Stream... streams) {
    this(MemoryStore.open(), streams);
  }

  Exchanges(Store store, Stream... streams) {
    this.store = store;
    server =
        FakeServer.serving(
            request -> {
              synchronized (answers) {
                return Optional.of(
                    Optional.ofNullable(answers.get(address(request.path(), request.query())))
                        .orElse(FakeReply.status(404)));
              }
            });
    clients = HttpClients.builder().time(time).random(new Random(1)).retries(0).build();
    engine =
        Corpusync.builder(store)
            .connector(Bench.connector("raw", streams))
            .apis(clients)
            .time(time)
            .random(new Random(3))
            .parallelism(1)
            .build();
    engine.connect(KEY, "raw", Map.of("base_url", server.url().toString()), () -> Secret.of("t"));
  }

  private static String address(String path, Map<String, List<String>> query) {
    StringBuilder all = new StringBuilder(path);
    String separator = "?";
    for (Map.Entry<String, List<String>> parameter : query.entrySet()) {
      if (!parameter.getKey().equals("since")) {
        all.append(separator).append(parameter.getKey()).append('=');
        all.append(String.join(",", parameter.getValue()));
        separator = "&";
      }
    }
    return all.toString();
  }

  /** The answer from now on; a {@code since} in the query is left out. */
  Exchanges get(String address, FakeReply reply) {
    synchronized (answers) {
      answers.put(address, reply);
    }
    return this;
  }

  /** JSON with single quotes for double ones. */
  Exchanges get(String address, String json) {
    return get(address, FakeReply.json(json.replace('\'', '"')));
  }

  Exchanges get(String address, int status) {
    return get(address, FakeReply.status(status));
  }

  /** A page of things {@code {id, title}} without a next one. */
  Exchanges things(String address, String... ids) {
    return get(address, "{'next':null,'data':[" + records(ids) + "]}");
  }

  static String records(String... ids) {
    return String.join(
        ",",
        List.of(ids).stream().map(id -> "{'id':'" + id + "','title':'Thing " + id + "'}").toList());
  }

  Run sync() {
    return engine.sync(KEY);
  }

  /** A sync after a day, when every failed item is due again. */
  Run syncTomorrow() {
    time.advance(Duration.ofDays(1).plusMinutes(1));
    return sync();
  }

  List<String> stored() {
    TreeSet<String> ids = new TreeSet<>();
    store
        .corpus()
        .documentsAfter(KEY, Optional.empty(), 10_000)
        .forEach(d -> ids.add(d.ref().id()));
    return List.copyOf(ids);
  }

  List<FailedItem> failures() {
    return engine.failures(KEY, 1_000);
  }

  List<String> failed() {
    return failures().stream().map(FailedItem::id).sorted().toList();
  }

  Checkpoint checkpoint(Kind kind) {
    return store.checkpoints().checkpoint(KEY, Scope.of(kind)).orElseThrow();
  }

  long asked(String path) {
    return server.exchanges().stream().filter(e -> e.path().equals(path)).count();
  }

  @Override
  public void close() {
    engine.close();
    clients.close();
    store.close();
    server.close();
  }
}
