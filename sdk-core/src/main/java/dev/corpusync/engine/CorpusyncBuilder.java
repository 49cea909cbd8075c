package dev.corpusync.engine;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.connection.Stability;
import dev.corpusync.connector.Connector;
import dev.corpusync.discover.Connectors;
import dev.corpusync.document.Realm;
import dev.corpusync.error.VaultMissingException;
import dev.corpusync.extract.ApiFactory;
import dev.corpusync.http.HttpClients;
import dev.corpusync.prune.DropGuard;
import dev.corpusync.run.Listeners;
import dev.corpusync.run.RunConfig;
import dev.corpusync.run.RunSlots;
import dev.corpusync.run.StreamPlan;
import dev.corpusync.store.Commit;
import dev.corpusync.store.Feature;
import dev.corpusync.store.Secrets;
import dev.corpusync.store.Store;
import dev.corpusync.sync.RequestListener;
import dev.corpusync.sync.RunListener;
import dev.corpusync.sync.Time;
import dev.corpusync.vault.KeyProvider;
import dev.corpusync.vault.Vault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds a {@link Corpusync} engine. Only the store is required.
 *
 * @since 0.1
 */
public final class CorpusyncBuilder {
  private static final Logger log = LoggerFactory.getLogger(CorpusyncBuilder.class);
  private final Store store;
  private final Connectors connectors = new Connectors();
  private Time time = Time.system();
  private RandomGenerator random = new java.security.SecureRandom();
  private @Nullable Executor executor;
  private @Nullable ApiFactory apis;
  private @Nullable KeyProvider keys;
  private final List<RunListener> listeners = new ArrayList<>();
  private final List<RequestListener> requestListeners = new ArrayList<>();
  private DropGuard guard = DropGuard.DEFAULT;
  private Duration lease = Duration.ofMinutes(1);
  private Duration yieldAfter = Duration.ofMinutes(15);
  private long yieldAfterRequests = 10_000;
  private RunSlots slots = new RunSlots(32, 16);
  private Function<ConnectionKey, Optional<Realm>> realms = key -> Optional.empty();
  private int parallelism = 4;
  private boolean prefetch = true;
  private double errorBudget = 0.1;

  CorpusyncBuilder(Store store) {
    this.store = store;
  }

  /**
   * Registers a connector.
   *
   * @throws dev.corpusync.error.ConnectorDefectException when another one has its id, or it cannot
   *     be used with this version
   */
  public CorpusyncBuilder connector(Connector connector) {
    connectors.add(connector);
    StreamPlan.of(connector);
    return this;
  }

  /**
   * Sets which connections share their users and groups, because they belong to one directory.
   * Asked with the key of each connection that is made; the answer is kept with it. A connection
   * without a shared realm has its own: {@code Principal.group("7")} of one is not that of another.
   */
  public CorpusyncBuilder sharedRealms(Function<ConnectionKey, Optional<Realm>> byConnection) {
    realms = byConnection;
    return this;
  }

  /** Registers every connector that ServiceLoader finds on the class path. */
  public CorpusyncBuilder discoverConnectors() {
    connectors.discover();
    return this;
  }

  /**
   * Registers every connector of the jars in a folder, which need not be on the class path. They
   * share a class loader, which is closed with the engine.
   */
  public CorpusyncBuilder discoverConnectors(Path folder) {
    connectors.discover(folder);
    return this;
  }

  /**
   * Sets how stable a connector must be to be discovered by the calls that follow. By default every
   * one is; {@link #connector} registers one of any stability.
   */
  public CorpusyncBuilder discoverFrom(Stability least) {
    connectors.discoverFrom(least);
    return this;
  }

  /**
   * Sets the executor that prefetches and reads partitions beside the calling thread. It is not
   * closed with the engine. One that is busy or rejects work costs only speed. By default the
   * engine has daemon threads of its own.
   */
  public CorpusyncBuilder executor(Executor hosts) {
    executor = hosts;
    return this;
  }

  /**
   * Adds a listener of runs. May be called several times; listeners are called in the order of
   * registration, and one that throws does not keep the others from being called.
   */
  public CorpusyncBuilder listener(RunListener more) {
    listeners.add(more);
    return this;
  }

  /**
   * Adds a listener that is told of each HTTP request to an API: when it starts, and with its
   * status and duration when it ends. May be called several times. An {@linkplain #apis ApiFactory}
   * of the host's may not report its requests.
   */
  public CorpusyncBuilder requestListener(RequestListener requests) {
    requestListeners.add(requests);
    return this;
  }

  /** Sets the clock; the system clock by default. */
  public CorpusyncBuilder time(Time source) {
    time = source;
    return this;
  }

  /** Sets the source of randomness: for ids of runs, and for the jitter of retries. */
  public CorpusyncBuilder random(RandomGenerator source) {
    random = source;
    return this;
  }

  /** Sets the factory of API clients; closed with the engine. By default {@link HttpClients}. */
  public CorpusyncBuilder apis(ApiFactory factory) {
    apis = factory;
    return this;
  }

  /**
   * Sets the keys that seal the secrets in the store. Without them, no secret can be stored, and
   * the host supplies each one.
   */
  public CorpusyncBuilder vault(KeyProvider hosts) {
    keys = hosts;
    return this;
  }

  /** Sets how many missing items are held instead of deleted; see {@link DropGuard}. */
  public CorpusyncBuilder dropGuard(DropGuard limits) {
    guard = limits;
    return this;
  }

  /**
   * Sets how long a lease lasts: so long after its process has died, another one may take a
   * connection over; a minute by default. While a run works, its lease is renewed in the
   * background, however long a request takes. All processes with one store need the same length.
   *
   * @param length at least a second
   */
  public CorpusyncBuilder lease(Duration length) {
    if (length.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("a lease must last for at least a second");
    }
    lease = length;
    return this;
  }

  /**
   * Sets the time after which a sync makes room for others: it ends {@code YIELDED} after a commit,
   * and the next one continues there; 15 minutes by default.
   */
  public CorpusyncBuilder yieldAfter(Duration longest) {
    if (longest.isNegative() || longest.isZero()) {
      throw new IllegalArgumentException("a run needs a positive time");
    }
    yieldAfter = longest;
    return this;
  }

  /** Sets the number of requests after which a sync makes room for others; 10,000 by default. */
  public CorpusyncBuilder yieldAfterRequests(long most) {
    if (most < 1) {
      throw new IllegalArgumentException("a run needs at least one request");
    }
    yieldAfterRequests = most;
    return this;
  }

  /**
   * Sets how many runs work at once in this process, scheduled or not; 32 by default, 16 of them of
   * one tenant. One that is called beyond that returns {@code BUSY}; one that is scheduled waits.
   * Decisions on held deletions are not bound. Each run may use a connection of the store for each
   * of its {@linkplain #parallelism partitions}.
   */
  public CorpusyncBuilder runsAtOnce(int ofProcess, int ofTenant) {
    if (ofProcess < 1 || ofTenant < 1) {
      throw new IllegalArgumentException("at least one run must work at a time");
    }
    slots = new RunSlots(ofProcess, ofTenant);
    return this;
  }

  /** Sets how many partitions of one connection are read concurrently; 4 by default. */
  public CorpusyncBuilder parallelism(int partitions) {
    if (partitions < 1) {
      throw new IllegalArgumentException("at least one partition must be read at a time");
    }
    parallelism = partitions;
    return this;
  }

  /**
   * Sets whether the next page is fetched and prepared while this one commits; on by default. The
   * methods of a stream are then called on the executor's threads.
   */
  public CorpusyncBuilder prefetch(boolean ahead) {
    prefetch = ahead;
    return this;
  }

  /** Sets the share of records that may fail before their scope fails; a tenth by default. */
  public CorpusyncBuilder errorBudget(double share) {
    errorBudget = share;
    return this;
  }

  /**
   * Builds the engine.
   *
   * @throws dev.corpusync.error.UnsupportedFeatureException when the store lacks a feature that the
   *     engine needs
   * @throws VaultMissingException when there is no key although the store holds secrets
   * @throws dev.corpusync.error.InvalidConfigurationException when the key provider has no key
   */
  public Corpusync build() {
    requireFeatures();
    Optional<Vault> vault = vault();
    ApiFactory speak =
        apis != null ? apis : HttpClients.builder().time(time).random(random).build();
    Executor hosts = executor;
    ExecutorService own =
        hosts == null ? Executors.newCachedThreadPool(daemons("corpusync-worker")) : null;
    Executor works = hosts != null ? hosts : java.util.Objects.requireNonNull(own);
    RunConfig config =
        new RunConfig(
            store,
            time,
            random,
            works,
            new Listeners(listeners),
            guard,
            lease,
            yieldAfter,
            yieldAfterRequests,
            slots,
            parallelism,
            prefetch,
            errorBudget);
    connectors.all().forEach(StreamPlan::of);
    return new Corpusync(
        config,
        connectors,
        speak,
        RequestListener.all(requestListeners),
        vault,
        realms,
        () -> shutDown(own));
  }

  /** An older store would lose without a word what it does not know. */
  private void requireFeatures() {
    Set<Feature> needed = new HashSet<>(Commit.mayNeed());
    if (keys != null) {
      needed.add(Feature.SECRETS);
    }
    Feature.require(store, needed, "open the engine");
  }

  private Optional<Vault> vault() {
    KeyProvider given = keys;
    if (given != null) {
      String current = given.current().id();
      store.secrets().sealedByOthers(current, 1_000).stream()
          .map(Secrets.Sealed::keyId)
          .distinct()
          .filter(id -> given.find(id).isEmpty())
          .forEach(
              id ->
                  log.warn(
                      "stored secrets need a key that the key provider does not have key={}", id));
      return Optional.of(Vault.of(store.secrets(), given));
    }
    if (!store.features().contains(Feature.SECRETS)) {
      return Optional.empty();
    }
    // No key has the id "", so every secret is sealed by another one.
    store.secrets().sealedByOthers("", 1).stream()
        .findFirst()
        .ifPresent(
            s -> {
              throw new VaultMissingException("opening a store that holds secrets", s.keyId());
            });
    return Optional.empty();
  }

  private void shutDown(@Nullable ExecutorService own) {
    if (own != null) {
      own.shutdown();
    }
    connectors.close();
  }

  static ThreadFactory daemons(String name) {
    return work -> {
      Thread thread = new Thread(work, name);
      thread.setDaemon(true);
      return thread;
    };
  }
}
