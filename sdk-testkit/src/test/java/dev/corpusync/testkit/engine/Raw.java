package dev.corpusync.testkit.engine;

import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.Visibility;
import dev.corpusync.auth.Secret;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.connector.Connector;
import dev.corpusync.connector.ContainerStream;
import dev.corpusync.connector.FetchedByIds;
import dev.corpusync.connector.Nested;
import dev.corpusync.connector.Stream;
import dev.corpusync.document.Access;
import dev.corpusync.document.Kind;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.engine.CorpusyncBuilder;
import dev.corpusync.extract.ApiFactory;
import dev.corpusync.extract.ByIds;
import dev.corpusync.extract.Source;
import dev.corpusync.http.HttpClients;
import dev.corpusync.memory.MemoryStore;
import dev.corpusync.store.Store;
import dev.corpusync.sync.Scope;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeRequest;
import dev.corpusync.testkit.fake.FakeServer;
import dev.corpusync.testkit.fake.PlainStream;
import dev.corpusync.testkit.time.VirtualTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** An engine over raw exchanges: each path is answered by a function, and 404 without one. */
final class Raw implements AutoCloseable {
  static final ConnectionKey KEY = new ConnectionKey("acme", "raw");
  static final Kind BOX = Kind.of("box");
  static final Kind THING = Kind.of("thing");
  final Map<String, Function<FakeRequest, FakeReply>> routes = new TreeMap<>();
  final VirtualTime time = new VirtualTime();
  private final Random random = new Random(3);
  final Store store;
  final FakeServer server = FakeServer.serving(this::answer);

  Raw() {
    this(MemoryStore.open());
  }

  Raw(Store store) {
    this.store = store;
  }

  private Optional<FakeReply> answer(FakeRequest request) {
    return Optional.ofNullable(routes.get(request.path())).map(route -> route.apply(request));
  }

  /** Answers a path from now on with this body and status 200. */
  Raw json(String path, String body) {
    return reply(path, FakeReply.json(body));
  }

  Raw reply(String path, FakeReply reply) {
    routes.put(path, request -> reply);
    return this;
  }

  Raw route(String path, Function<FakeRequest, FakeReply> route) {
    routes.put(path, route);
    return this;
  }

  /** Answers a path with these ids as its one page. */
  Raw page(String path, List<String> ids) {
    return json(path, page(ids));
  }

  static String page(List<String> ids) {
    return "{\"next\":null,\"data\":["
        + ids.stream().map(id -> "{\"id\":\"" + id + "\"}").collect(Collectors.joining(","))
        + "]}";
  }

  static List<String> ids(String prefix, int count) {
    return java.util.stream.IntStream.rangeClosed(1, count).mapToObj(i -> prefix + i).toList();
  }

  Corpusync engine(Stream... streams) {
    return engine(Bench.connector("raw", streams), Map.of(), builder -> builder);
  }

  /** An engine over another view of the same store and sources. */
  Corpusync engineOver(Store view, ApiFactory apis, Stream... streams) {
    Corpusync engine =
        Corpusync.builder(view)
            .connector(Bench.connector("raw", streams))
            .apis(apis)
            .time(time)
            .random(random)
            .parallelism(1)
            .prefetch(false)
            .build();
    engine.connect(
        KEY, "raw", Map.of("base_url", server.url().toString()), () -> Secret.of("raw-t0ken"));
    return engine;
  }

  HttpClients clients() {
    return HttpClients.builder().time(time).random(new Random(1)).retries(1).build();
  }

  Corpusync engine(
      Connector connector, Map<String, String> settings, UnaryOperator<CorpusyncBuilder> options) {
    Corpusync engine =
        options
            .apply(
                Corpusync.builder(store)
                    .connector(connector)
                    .apis(HttpClients.builder().time(time).random(new Random(1)).retries(1).build())
                    .time(time)
                    .random(random)
                    .parallelism(1))
            .build();
    Map<String, String> all = new TreeMap<>(settings);
    all.put("base_url", server.url().toString());
    engine.connect(KEY, connector.descriptor().id(), all, () -> Secret.of("raw-t0ken"));
    return engine;
  }

  int stored(Kind kind) {
    return store.corpus().count(KEY, Scope.of(kind));
  }

  @Override
  public void close() {
    server.close();
    store.close();
  }

  /** Things that everyone may read. */
  record Things(Kind kind, Source source) implements PlainStream {
    static Things from(Source source) {
      return new Things(THING, source);
    }
  }

  /** The same, fetched by id. */
  record ThingsById(Kind kind, Source source, ByIds byIds) implements PlainStream, FetchedByIds {
    static ThingsById from(Source source, ByIds byIds) {
      return new ThingsById(THING, source, byIds);
    }
  }

  /** Things that lie in a container, with ids that are unique everywhere. */
  record Within(Kind kind, Kind parent, Source source) implements PlainStream, Nested {
    @Override
    public Ids ids() {
      return Ids.EVERYWHERE;
    }
  }

  /** Containers at the top. */
  record Boxes(Kind kind, Source source) implements Containers {}

  /** Containers in containers. */
  record BoxesWithin(Kind kind, Kind parent, Source source) implements Containers, Nested {
    @Override
    public Ids ids() {
      return Ids.EVERYWHERE;
    }
  }

  /** What all containers answer. */
  private interface Containers extends ContainerStream {
    @Override
    default String id(Item box) {
      return box.id("id");
    }

    @Override
    default Visibility visibility(Item box) {
      return Visibility.declared("a test");
    }

    @Override
    default Access access(Item box) {
      return Access.wholeConnection("a test");
    }
  }
}
