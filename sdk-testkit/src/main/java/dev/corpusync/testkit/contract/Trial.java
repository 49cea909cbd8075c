package dev.corpusync.testkit.contract;

import dev.corpusync.auth.Secret;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.feed.Change;
import dev.corpusync.feed.ChangeFeed;
import dev.corpusync.http.HttpClients;
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
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** One world, one server, one database, and engines that come and go on them. */
public final class Trial implements AutoCloseable {
  /** The connection that every trial uses. */
  public static final ConnectionKey KEY = new ConnectionKey("tenant-1", "connection-1");

  /** What only the API may ever see. */
  public static final String SECRET = "s3cr3t-t0ken-0f-the-trial";

  private final Subject subject;
  private final World world;
  private final Quirks quirks;
  private final Site site;
  private final FakeServer server;
  private final StoreFixture.Database database;
  private final Watch watch;
  private final VirtualTime time = new VirtualTime();
  private final Map<String, String> settings = new LinkedHashMap<>();
  private boolean prefetch;
  private int retries = 2;
  private Optional<Store> reading = Optional.empty();
  private String fed = "";

  Trial(Subject subject, World world, Watch watch) {
    this.subject = subject;
    this.watch = watch;
    this.world = world;
    quirks = new Quirks(Math.max(1, Math.min(100, world.size() / 4)));
    site = subject.wire().serve(world, quirks, SECRET);
    server = FakeServer.serving(site);
    database = subject.store().create();
    settings.put("base_url", server.url().toString());
    settings.putAll(subject.wire().settings(world));
  }

  /** Whether the next page is fetched while one is committed. */
  Trial prefetching(boolean ahead) {
    prefetch = ahead;
    return this;
  }

  /** How often the HTTP adapter tries again. */
  Trial retrying(int times) {
    retries = times;
    return this;
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

  /** One process: it opens the store, connects, works, and ends. */
  <T> T process(CrashPlan plan, Function<Corpusync, T> work) {
    return process(plan, (engine, store) -> work.apply(engine));
  }

  <T> T process(CrashPlan plan, BiFunction<Corpusync, Store, T> work) {
    return watch.during(this, () -> unwatched(plan, work));
  }

  private <T> T unwatched(CrashPlan plan, BiFunction<Corpusync, Store, T> work) {
    // A worker that died keeps its lease until it expires.
    time.advance(Duration.ofHours(1));
    RandomGenerator random = new Random(7);
    HttpClients clients = HttpClients.builder().time(time).random(random).retries(retries).build();
    Store store = new CrashingStore(database.open(), plan);
    try (Corpusync engine =
        Corpusync.builder(store)
            .connector(subject.connector())
            .apis(watch.overhearing(new CrashingApiFactory(clients, plan)))
            .listener(watch.listener())
            .time(time)
            .random(random)
            .parallelism(1)
            .prefetch(prefetch)
            .build()) {
      engine.connect(KEY, subject.connector().descriptor().id(), settings, () -> Secret.of(SECRET));
      return work.apply(engine, store);
    }
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
    return new Index(subject, world, store(), KEY);
  }

  /** Everything that a crash must not change, as text. */
  String state() {
    return StoreText.of(store(), KEY, subject.kinds());
  }

  /** Words that nobody may find now, but for those that the administrator wrote down. */
  Set<String> secrets() {
    return world.canaries().keySet().stream()
        .filter(word -> settings.values().stream().noneMatch(v -> v.contains(word)))
        .collect(Collectors.toSet());
  }

  /** All words that are stored. */
  String holdings() {
    return Holdings.of(store(), KEY, subject.kinds());
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
