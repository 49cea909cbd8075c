package dev.corpusync.engine;

import dev.corpusync.connector.Connector;
import dev.corpusync.error.ConnectorDefectException;
import dev.corpusync.extract.ApiFactory;
import dev.corpusync.http.HttpClients;
import dev.corpusync.prune.DropGuard;
import dev.corpusync.store.Store;
import dev.corpusync.sync.Time;
import java.time.Duration;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Collects what a host decides. Only the store is required. */
public final class CorpusyncBuilder {
  private final Store store;
  private final Map<String, Connector> connectors = new TreeMap<>();
  private Time time = Time.system();
  private RandomGenerator random = new java.security.SecureRandom();
  private @Nullable Executor executor;
  private @Nullable ApiFactory apis;
  private SyncListener listener = SyncListener.silent();
  private DropGuard guard = DropGuard.DEFAULT;
  private Duration lease = Duration.ofMinutes(5);
  private int parallelism = 4;
  private boolean prefetch = true;
  private double errorBudget = 0.1;

  CorpusyncBuilder(Store store) {
    this.store = store;
  }

  /** Registers a connector. Two of one id are refused, by name. */
  public CorpusyncBuilder connector(Connector connector) {
    String id = connector.descriptor().id();
    Connector other = connectors.putIfAbsent(id, connector);
    if (other != null) {
      throw new ConnectorDefectException(
          "two connectors have the id '"
              + id
              + "': "
              + other.getClass().getName()
              + " and "
              + connector.getClass().getName()
              + ". Remove one of the jars, or register one of them");
    }
    StreamPlan.of(connector);
    return this;
  }

  /** Registers every connector that ServiceLoader finds on the class path. */
  public CorpusyncBuilder discoverConnectors() {
    ServiceLoader.load(Connector.class).forEach(this::connector);
    return this;
  }

  /**
   * Where prefetching and partitions run beside the calling thread. It stays the host's. By default
   * daemon threads of our own.
   */
  public CorpusyncBuilder executor(Executor hosts) {
    executor = hosts;
    return this;
  }

  public CorpusyncBuilder listener(SyncListener hears) {
    listener = hears;
    return this;
  }

  public CorpusyncBuilder time(Time source) {
    time = source;
    return this;
  }

  /** Names generations and runs, spreads retries. */
  public CorpusyncBuilder random(RandomGenerator source) {
    random = source;
    return this;
  }

  /** How APIs are spoken to; closed with the engine. By default {@link HttpClients}. */
  public CorpusyncBuilder apis(ApiFactory factory) {
    apis = factory;
    return this;
  }

  public CorpusyncBuilder dropGuard(DropGuard limits) {
    guard = limits;
    return this;
  }

  /**
   * How long a worker may be silent before another may take its connection over; longer than a
   * request's longest wait.
   */
  public CorpusyncBuilder lease(Duration length) {
    lease = length;
    return this;
  }

  /** How many partitions of one connection are read at once. */
  public CorpusyncBuilder parallelism(int partitions) {
    if (partitions < 1) {
      throw new IllegalArgumentException("at least one partition must be read at a time");
    }
    parallelism = partitions;
    return this;
  }

  /**
   * Whether the next page is fetched and prepared while this one commits; on by default. A stream's
   * questions are then answered on the executor's threads.
   */
  public CorpusyncBuilder prefetch(boolean ahead) {
    prefetch = ahead;
    return this;
  }

  /** The share of records that may fail before a run fails, beyond a few; a tenth by default. */
  public CorpusyncBuilder errorBudget(double share) {
    errorBudget = share;
    return this;
  }

  public Corpusync build() {
    ApiFactory speak =
        apis != null ? apis : HttpClients.builder().time(time).random(random).build();
    Executor hosts = executor;
    ExecutorService own =
        hosts == null ? Executors.newCachedThreadPool(CorpusyncBuilder::daemon) : null;
    Executor works = hosts != null ? hosts : java.util.Objects.requireNonNull(own);
    Config config =
        new Config(
            store, time, random, works, listener, guard, lease, parallelism, prefetch, errorBudget);
    return new Corpusync(config, Map.copyOf(connectors), speak, () -> shutDown(own));
  }

  private static void shutDown(@Nullable ExecutorService own) {
    if (own != null) {
      own.shutdown();
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "corpusync-worker");
    thread.setDaemon(true);
    return thread;
  }
}
