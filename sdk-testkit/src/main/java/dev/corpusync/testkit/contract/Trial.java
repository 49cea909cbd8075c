package dev.corpusync.testkit.contract;

import dev.corpusync.auth.Secret;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.connector.Connector;
import dev.corpusync.connector.ContainerStream;
import dev.corpusync.connector.Identified;
import dev.corpusync.connector.Stream;
import dev.corpusync.document.Kind;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.extract.ApiFactory;
import dev.corpusync.feed.Change;
import dev.corpusync.feed.ChangeFeed;
import dev.corpusync.store.Store;
import dev.corpusync.store.StoredDocument;
import dev.corpusync.sync.Run;
import dev.corpusync.testkit.fake.FakeServer;
import dev.corpusync.testkit.fault.CrashPlan;
import dev.corpusync.testkit.fault.CrashingApiFactory;
import dev.corpusync.testkit.fault.CrashingStore;
import dev.corpusync.testkit.time.VirtualTime;
import dev.corpusync.testkit.wire.Quirks;
import dev.corpusync.testkit.wire.Site;
import dev.corpusync.testkit.world.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** One world, one server, one database, and engines that come and go on them. */
public final class Trial implements AutoCloseable {
  /** The connection that every trial uses. */
  public static final ConnectionKey KEY = new ConnectionKey("tenant-1", "connection-1");

  /** What only the API may ever see. */
  public static final String SECRET = "s3cr3t-t0ken-0f-the-trial";

  private final Subject subject;
  private final Supplier<Connector> connectors;
  private final World world;
  private final Quirks quirks;
  private final Site site;
  private final FakeServer server;
  private final StoreFixture.Database database;
  private final Watch watch;
  private final VirtualTime time = new VirtualTime();
  private final Map<String, String> settings = new LinkedHashMap<>();
  private UnaryOperator<Client> client = c -> c;
  private UnaryOperator<Store> storing = s -> s;
  private final List<RuntimeException> failures = new ArrayList<>();
  private boolean introduced = true;
  private boolean prefetch;
  private Optional<Duration> ahead = Optional.empty();
  private Optional<Store> reading = Optional.empty();
  private Optional<StoreText> text = Optional.empty();
  private int running;
  private String fed = "";
  private long chance = 7;

  Trial(Subject subject, Supplier<Connector> connectors, World world, Watch watch) {
    this.subject = subject;
    this.connectors = connectors;
    this.watch = watch;
    this.world = world;
    quirks = new Quirks(Math.max(1, Math.min(100, world.size() / 4)));
    site = subject.wire().serve(world, quirks, SECRET);
    server = FakeServer.serving(site);
    database = subject.store().create();
    settings.put("base_url", server.url().toString());
    settings.putAll(subject.wire().settings(world));
  }

  /** The API is below a path. */
  Trial under(String path) {
    site.moveTo(path);
    settings.put("base_url", server.url() + path);
    return this;
  }

  /**
   * A connector that asks whose the secret is asks in the first process, where things go wrong, and
   * not before it.
   */
  Trial unintroduced() {
    introduced = false;
    return this;
  }

  /** Whether the next page is fetched while one is committed. */
  Trial prefetching(boolean ahead) {
    prefetch = ahead;
    return this;
  }

  /** What else the client is told. */
  Trial client(UnaryOperator<Client> told) {
    client = told;
    return this;
  }

  /**
   * The host's clock shows the world's time at the start of each process, and is so much ahead of
   * it.
   */
  Trial hostAhead(Duration by) {
    ahead = Optional.of(by);
    return this;
  }

  /** Time passes for the world and for the host. */
  void pass(Duration by) {
    world.pass(by);
    time.advance(by);
  }

  /** What stands between the engine and its store from the next process on. */
  Trial storing(UnaryOperator<Store> between) {
    storing = between;
    return this;
  }

  /** What the random of the host starts from. */
  Trial chance(long seed) {
    chance = seed;
    return this;
  }

  Subject subject() {
    return subject;
  }

  World world() {
    return world;
  }

  Quirks quirks() {
    return quirks;
  }

  Site site() {
    return site;
  }

  FakeServer server() {
    return server;
  }

  /** The host's clock. */
  VirtualTime time() {
    return time;
  }

  /** The connection's configuration; a check may change it between two processes. */
  Map<String, String> settings() {
    return settings;
  }

  URI url() {
    return server.url();
  }

  /** What the client made of exchanges that failed, so far. */
  List<RuntimeException> failures() {
    return List.copyOf(failures);
  }

  /** One process: it opens the store, connects, works, and ends. */
  <T> T process(CrashPlan plan, Function<Corpusync, T> work) {
    return process(plan, (engine, store) -> work.apply(engine));
  }

  <T> T process(CrashPlan plan, BiFunction<Corpusync, Store, T> work) {
    return watch.during(this, () -> unwatched(plan, work));
  }

  private <T> T unwatched(CrashPlan plan, BiFunction<Corpusync, Store, T> work) {
    // A worker that died keeps its lease until it expires.
    time.advance(
        ahead
            .map(by -> Duration.between(time.now(), world.clock().plus(by)))
            .orElse(Duration.ofHours(1)));
    return running(plan, work);
  }

  /** Another process at the very moment at which one works. */
  <T> T beside(Function<Corpusync, T> work) {
    return running(CrashPlan.counting(), (engine, store) -> work.apply(engine));
  }

  private <T> T running(CrashPlan plan, BiFunction<Corpusync, Store, T> work) {
    running++;
    text = Optional.empty();
    try {
      return working(plan, work);
    } finally {
      running--;
      text = Optional.empty();
    }
  }

  private <T> T working(CrashPlan plan, BiFunction<Corpusync, Store, T> work) {
    RandomGenerator random = new Random(chance);
    ApiFactory clients = clients(random);
    Connector connector = connectors.get();
    Store plain = database.open();
    introduce(connector, plain);
    Store store = new CrashingStore(storing.apply(plain), plan);
    try (Corpusync engine =
        Corpusync.builder(store)
            .connector(connector)
            .apis(
                watch.overhearing(new CrashingApiFactory(new NotingApis(clients, failures), plan)))
            .listener(watch.listener())
            .time(time)
            .random(random)
            .executor(new InTurn())
            .parallelism(1)
            .prefetch(prefetch)
            .build()) {
      connect(engine, KEY);
      return work.apply(engine, store);
    }
  }

  /**
   * Makes the connection before anything goes wrong, where making it needs the API: at a door of
   * its own, so that exchanges, faults and crashes are those of runs.
   */
  private void introduce(Connector connector, Store store) {
    boolean asks = introduced && connector instanceof Identified;
    if (!asks || store.connections().find(KEY).isPresent()) {
      return;
    }
    try (FakeServer door = FakeServer.serving(site);
        Corpusync engine =
            Corpusync.builder(store)
                .connector(connector)
                .apis(new Door(clients(new Random(chance)), server.url(), door.url()))
                .time(time)
                .build()) {
      connect(engine, KEY);
    }
  }

  private ApiFactory clients(RandomGenerator random) {
    return subject.apis().apply(client.apply(Client.of(time, random)));
  }

  /** A connection to this trial's API. */
  void connect(Corpusync engine, ConnectionKey key) {
    engine.connect(key, subject.connector().descriptor().id(), settings, () -> Secret.of(SECRET));
  }

  <T> T process(BiFunction<Corpusync, Store, T> work) {
    return process(CrashPlan.counting(), work);
  }

  <T> T process(Function<Corpusync, T> work) {
    return process(CrashPlan.counting(), work);
  }

  Run sync() {
    return process(engine -> engine.sync(KEY));
  }

  Run resync() {
    return process(engine -> engine.resync(KEY));
  }

  /** What is stored now. */
  Index index() {
    return new Index(subject, world, text().documents());
  }

  /** Read once after a process: until the next one nothing changes. */
  private StoreText text() {
    StoreText read = text.orElseGet(() -> StoreText.of(store(), KEY, subject.streams()));
    text = Optional.of(read).filter(t -> running == 0);
    return read;
  }

  /**
   * Whether the last process read some containers and not all: the next one goes on behind them.
   */
  boolean isAmongContainers() {
    Set<Kind> containers =
        subject.streams().stream()
            .filter(ContainerStream.class::isInstance)
            .map(Stream::kind)
            .collect(Collectors.toSet());
    return !containers.isEmpty()
        && text().progress().stream()
            .anyMatch(p -> p.pass().isPresent() && containers.contains(p.scope().stream()));
  }

  /** Everything that a crash must not change, as text. */
  String state() {
    return text().toString();
  }

  /** Words that nobody may find now, but for those that the administrator wrote down. */
  Set<String> secrets() {
    return world.canaries().keySet().stream()
        .filter(word -> settings.values().stream().noneMatch(v -> v.contains(word)))
        .collect(Collectors.toSet());
  }

  /** All words that are stored. */
  String holdings() {
    return Holdings.of(store(), KEY, text());
  }

  /** The bytes behind the store, a character each. */
  String bytes() {
    StringBuilder all = new StringBuilder();
    try {
      for (Path file : database.files()) {
        if (Files.exists(file)) {
          all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the files of the store cannot be looked through", e);
    }
    return all.toString();
  }

  /** What a host that follows the changes was told since the last time. */
  String feed() {
    StringBuilder words = new StringBuilder();
    fed = "";
    new ChangeFeed(store(), KEY.tenant(), "the-watch")
        .deliver(
            change -> {
              fed += change + "\n";
              if (change instanceof Change.Stored stored) {
                words
                    .append(stored.document().ref())
                    .append(stored.document().fields())
                    .append(Index.texts(stored.document()));
              }
            });
    return words.toString();
  }

  /** What is handed out, as it prints. */
  String printed() {
    List<String> forms = new ArrayList<>(List.of(fed, subject.connector().toString()));
    subject.streams().forEach(stream -> forms.add(stream.toString()));
    store().connections().find(KEY).ifPresent(c -> forms.add(c.toString()));
    store().journal().failures(KEY, 100).forEach(f -> forms.add(f.toString()));
    store().journal().held(KEY).forEach(h -> forms.add(h.toString()));
    for (StoredDocument document : index().documents().values()) {
      forms.add(document.toString() + document.chunks());
    }
    return String.join("\n", forms);
  }

  Store store() {
    Store open = reading.orElseGet(database::open);
    reading = Optional.of(open);
    return open;
  }

  @Override
  public void close() {
    watch.closing(this);
    server.close();
    database.close();
  }
}
