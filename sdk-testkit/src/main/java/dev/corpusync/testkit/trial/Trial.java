package dev.corpusync.testkit.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.auth.Secret;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.connector.Connector;
import dev.corpusync.connector.Identified;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.extract.ApiFactory;
import dev.corpusync.store.Store;
import dev.corpusync.sync.Run;
import dev.corpusync.testkit.fake.FakeServer;
import dev.corpusync.testkit.fault.CrashPlan;
import dev.corpusync.testkit.fault.CrashingApiFactory;
import dev.corpusync.testkit.fault.CrashingStore;
import dev.corpusync.testkit.subject.Client;
import dev.corpusync.testkit.subject.StoreFixture;
import dev.corpusync.testkit.subject.Subject;
import dev.corpusync.testkit.time.VirtualTime;
import dev.corpusync.testkit.wire.Quirks;
import dev.corpusync.testkit.wire.Site;
import dev.corpusync.testkit.world.World;
import java.net.URI;
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

/** One world, one server, one database, and engines that start and stop on them. */
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
  private final LeakDetector watch;
  private final Traces traces;
  private final VirtualTime time = new VirtualTime();
  private final Map<String, String> settings = new LinkedHashMap<>();
  private UnaryOperator<Client> client = c -> c;
  private UnaryOperator<Store> storing = s -> s;
  private final List<RuntimeException> failures = new ArrayList<>();
  private boolean introduced = true;
  private boolean prefetch;
  private Optional<Duration> ahead = Optional.empty();
  private long chance = 7;
  private long processes;

  Trial(Subject subject, Supplier<Connector> connectors, World world, LeakDetector watch) {
    this.subject = subject;
    this.connectors = connectors;
    this.watch = watch;
    this.world = world;
    quirks = new Quirks(Math.max(1, Math.min(100, world.size() / 4)));
    site = subject.wire().serve(world, quirks, SECRET);
    server = FakeServer.serving(site);
    database = subject.store().create();
    traces = new Traces(subject, world, database);
    settings.put("base_url", server.url().toString());
    settings.putAll(subject.wire().settings(world));
  }

  /** The API is below a path. */
  public Trial under(String path) {
    site.moveTo(path);
    settings.put("base_url", server.url() + path);
    return this;
  }

  /**
   * A connector that asks whose the secret is asks in the first process, where things go wrong, and
   * not before it.
   */
  public Trial unintroduced() {
    introduced = false;
    return this;
  }

  /** Whether the next page is fetched while one is committed. */
  public Trial prefetching(boolean ahead) {
    prefetch = ahead;
    return this;
  }

  /** What else the client is told. */
  public Trial client(UnaryOperator<Client> told) {
    client = told;
    return this;
  }

  /**
   * The host's clock shows the world's time at the start of each process, and is so much ahead of
   * it.
   */
  public Trial hostAhead(Duration by) {
    ahead = Optional.of(by);
    return this;
  }

  /** Time passes for the world and for the host. */
  public void pass(Duration by) {
    world.pass(by);
    time.advance(by);
  }

  /** What stands between the engine and its store from the next process on. */
  public Trial storing(UnaryOperator<Store> between) {
    storing = between;
    return this;
  }

  /** What the random of the host starts from. */
  public Trial chance(long seed) {
    chance = seed;
    return this;
  }

  public Subject subject() {
    return subject;
  }

  public World world() {
    return world;
  }

  public Quirks quirks() {
    return quirks;
  }

  public Site site() {
    return site;
  }

  public FakeServer server() {
    return server;
  }

  /** The host's clock. */
  public VirtualTime time() {
    return time;
  }

  /** The connection's configuration; a check may change it between two processes. */
  Map<String, String> settings() {
    return settings;
  }

  public URI url() {
    return server.url();
  }

  /** What the client made of exchanges that failed, so far. */
  public List<RuntimeException> failures() {
    return List.copyOf(failures);
  }

  /** One process: it opens the store, connects, works, and ends. */
  public <T> T process(CrashPlan plan, Function<Corpusync, T> work) {
    return process(plan, (engine, store) -> work.apply(engine));
  }

  public <T> T process(CrashPlan plan, BiFunction<Corpusync, Store, T> work) {
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
  public <T> T beside(Function<Corpusync, T> work) {
    return running(CrashPlan.counting(), (engine, store) -> work.apply(engine));
  }

  private <T> T running(CrashPlan plan, BiFunction<Corpusync, Store, T> work) {
    return traces.during(() -> working(plan, work));
  }

  private <T> T working(CrashPlan plan, BiFunction<Corpusync, Store, T> work) {
    // No two processes draw the same: ids of runs are told apart by it.
    RandomGenerator random = new Random(chance + processes++);
    ApiFactory clients = clients(random);
    Connector connector = connectors.get();
    Store plain = database.open();
    introduce(connector, plain);
    Store store = new CrashingStore(storing.apply(plain), plan);
    try (Corpusync engine =
        Corpusync.builder(store)
            .connector(connector)
            .apis(
                watch.overhearing(
                    new CrashingApiFactory(new FailureRecordingApis(clients, failures), plan)))
            .listener(watch.listener())
            .time(time)
            .random(random)
            .executor(new SequentialExecutor())
            .parallelism(1)
            .prefetch(prefetch)
            // Waits are long in a check's time, and a check is about whole runs.
            .yieldAfter(Duration.ofDays(30))
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
                .apis(new RedirectedApis(clients(new Random(chance)), server.url(), door.url()))
                .time(time)
                .build()) {
      connect(engine, KEY);
    }
  }

  private ApiFactory clients(RandomGenerator random) {
    return subject.apis().apply(client.apply(Client.of(time, random)));
  }

  /** A connection to this trial's API. */
  public void connect(Corpusync engine, ConnectionKey key) {
    engine.connect(key, subject.connector().descriptor().id(), settings, () -> Secret.of(SECRET));
  }

  public <T> T process(BiFunction<Corpusync, Store, T> work) {
    return process(CrashPlan.counting(), work);
  }

  public <T> T process(Function<Corpusync, T> work) {
    return process(CrashPlan.counting(), work);
  }

  public Run sync() {
    return process(engine -> engine.sync(KEY));
  }

  public Run resync() {
    return process(engine -> engine.resync(KEY));
  }

  /** Runs as many full syncs as it takes to prove that an item is absent. */
  public void proveAbsences() {
    resync();
    resync();
  }

  /** Asserts that a run has succeeded, and returns it. */
  public static Run succeeded(Run run, String when) {
    assertThat(run.state())
        .as("the state of a run %s; its message: %s", when, run.message())
        .isEqualTo(Run.State.SUCCEEDED);
    return run;
  }

  /** Words that nobody may find now, but for those that the administrator wrote down. */
  public Set<String> secrets() {
    return world.canaries().keySet().stream()
        .filter(word -> settings.values().stream().noneMatch(v -> v.contains(word)))
        .collect(Collectors.toSet());
  }

  /** What the processes so far have left behind. */
  public Traces traces() {
    return traces;
  }

  /** What is stored now. */
  public Index index() {
    return traces.index();
  }

  /** Everything that a crash must not change, as text. */
  public String state() {
    return traces.state();
  }

  public Store store() {
    return traces.store();
  }

  @Override
  public void close() {
    watch.closing(this);
    server.close();
    database.close();
  }
}
