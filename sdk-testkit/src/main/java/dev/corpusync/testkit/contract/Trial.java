package dev.corpusync.testkit.contract;

import dev.corpusync.auth.Secret;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.connector.Stream;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.http.HttpClients;
import dev.corpusync.store.Store;
import dev.corpusync.sync.Run;
import dev.corpusync.testkit.fake.FakeServer;
import dev.corpusync.testkit.fault.CrashPlan;
import dev.corpusync.testkit.fault.CrashingApiFactory;
import dev.corpusync.testkit.fault.CrashingStore;
import dev.corpusync.testkit.time.VirtualTime;
import dev.corpusync.testkit.world.World;
import java.time.Duration;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** One world, one server, one database, and engines that come and go on them. */
public final class Trial implements AutoCloseable {
  /** The connection that every trial uses. */
  public static final ConnectionKey KEY = new ConnectionKey("tenant-1", "connection-1");

  /** What only the API may ever see. */
  static final String TOKEN = "s3cr3t-t0ken-0f-the-trial";

  private final Subject subject;
  private final World world;
  private final FakeServer server;
  private final StoreFixture.Database database;
  private final VirtualTime time = new VirtualTime();
  private boolean prefetch;

  Trial(Subject subject, StoreFixture fixture, long seed, int records) {
    this.subject = subject;
    world = subject.world(seed, records);
    server = FakeServer.serving(world.api());
    database = fixture.create();
  }

  Trial prefetching(boolean ahead) {
    prefetch = ahead;
    return this;
  }

  World world() {
    return world;
  }

  FakeServer server() {
    return server;
  }

  /** One process: it opens the store, connects, works, and ends. */
  <T> T process(CrashPlan plan, Function<Corpusync, T> work) {
    return process(plan, (engine, store) -> work.apply(engine));
  }

  <T> T process(CrashPlan plan, BiFunction<Corpusync, Store, T> work) {
    // A worker that died keeps its lease until it expires.
    time.advance(Duration.ofHours(1));
    Store store = database.open();
    RandomGenerator random = new Random(7);
    HttpClients clients = HttpClients.builder().time(time).random(random).retries(2).build();
    try (Corpusync engine =
        Corpusync.builder(new CrashingStore(store, plan))
            .connector(subject.connector())
            .apis(new CrashingApiFactory(clients, plan))
            .time(time)
            .random(random)
            .parallelism(1)
            .prefetch(prefetch)
            .build()) {
      engine.connect(
          KEY,
          subject.connector().descriptor().id(),
          world.settings(server.url()),
          () -> Secret.of(TOKEN));
      return work.apply(engine, store);
    }
  }

  Run sync() {
    return process(CrashPlan.counting(), engine -> engine.sync(KEY));
  }

  Run resync() {
    return process(CrashPlan.counting(), engine -> engine.resync(KEY));
  }

  /** Everything that a crash must not change, as text. */
  String state() {
    return StoreText.of(
        database.open(), KEY, subject.connector().streams().stream().map(Stream::kind).toList());
  }

  Store store() {
    return database.open();
  }

  @Override
  public void close() {
    server.close();
    database.close();
  }
}
