package dev.corpusync.engine;

import dev.corpusync.artifact.Artifact;
import dev.corpusync.artifact.Item;
import dev.corpusync.auth.Authorizer;
import dev.corpusync.auth.CredentialSupplier;
import dev.corpusync.cite.Citation;
import dev.corpusync.connection.Connection;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.connection.Descriptor;
import dev.corpusync.connection.Settings;
import dev.corpusync.connector.Connector;
import dev.corpusync.connector.DocumentStream;
import dev.corpusync.document.Ref;
import dev.corpusync.error.InvalidConfigurationException;
import dev.corpusync.extract.Api;
import dev.corpusync.extract.ApiFactory;
import dev.corpusync.feed.ChangeFeed;
import dev.corpusync.store.Store;
import dev.corpusync.sync.FailedItem;
import dev.corpusync.sync.HeldDeletion;
import dev.corpusync.sync.Run;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The front door for a host. {@link #sync} and its like work on the calling thread, with help from
 * the executor for prefetching and for partitions, and block until the run has ended; everything
 * else reads or writes the store and returns. Safe for many threads: two runs of one connection
 * never overlap, the second one answers {@code BUSY}.
 */
public final class Corpusync implements AutoCloseable {
  private final Config config;
  private final Map<String, Connector> connectors;
  private final ApiFactory apis;
  private final Runs runs;
  private final Scheduler scheduler;
  private final Runnable release;
  private final Map<ConnectionKey, CredentialSupplier> credentials = new ConcurrentHashMap<>();

  Corpusync(Config config, Map<String, Connector> connectors, ApiFactory apis, Runnable release) {
    this.config = config;
    this.connectors = connectors;
    this.apis = apis;
    this.release = release;
    runs = new Runs(config);
    scheduler = new Scheduler(config.time(), this::sync);
  }

  public static CorpusyncBuilder builder(Store store) {
    return new CorpusyncBuilder(store);
  }

  /** What each registered connector says of itself, by id. */
  public List<Descriptor> connectors() {
    return connectors.values().stream().map(Connector::descriptor).toList();
  }

  /**
   * Makes a connection, or opens the one that is there. Call it at each start of the process, since
   * credentials are never stored.
   *
   * @throws InvalidConfigurationException when the connector is unknown, a setting is wrong, or the
   *     connection exists with another connector or other settings: disconnect it first
   */
  public Connection connect(
      ConnectionKey key,
      String connector,
      Map<String, String> settings,
      CredentialSupplier secret) {
    Settings valid = Settings.of(connector(connector).descriptor().settings(), settings);
    String generation = Long.toHexString(config.random().nextLong() | Long.MIN_VALUE);
    Connection wanted = new Connection(key, connector, generation, valid);
    Connection actual = config.store().connections().create(wanted) ? wanted : existing(key);
    if (!actual.connector().equals(connector) || !actual.settings().equals(valid)) {
      throw new InvalidConfigurationException(
          "connection",
          "'"
              + key
              + "' exists with another connector or other settings: disconnect it first, or choose another id");
    }
    credentials.put(key, secret);
    return actual;
  }

  /** Brings a connection up to date: in full the first time, then what has changed. */
  public Run sync(ConnectionKey key) {
    return run(key, Run.Trigger.SYNC, work -> work.sync(false));
  }

  /**
   * Reads everything again, finds deletions that no change feed told, and changes nothing that is
   * the same.
   */
  public Run resync(ConnectionKey key) {
    return run(key, Run.Trigger.RESYNC, work -> work.sync(true));
  }

  /** Fetches single things by id and stores or deletes them accordingly. */
  public Run refresh(ConnectionKey key, Collection<Ref> refs) {
    return run(
        key,
        Run.Trigger.RETRY,
        work -> {
          work.refresh(refs);
          return List.of();
        });
  }

  /** Tries one failed item again now. */
  public Run retry(ConnectionKey key, FailedItem item) {
    return run(
        key,
        Run.Trigger.RETRY,
        work -> {
          work.retry(item);
          return List.of();
        });
  }

  /** Newest first. */
  public List<Run> runs(ConnectionKey key, int limit) {
    return config.store().journal().runs(key, limit);
  }

  public List<FailedItem> failures(ConnectionKey key, int limit) {
    return config.store().journal().failures(key, limit);
  }

  /** Deletions that wait for a decision. */
  public List<HeldDeletion> heldDeletions(ConnectionKey key) {
    return config.store().journal().held(key);
  }

  /** Carries a held deletion out, but for what has been listed again since. */
  public Run approve(ConnectionKey key, String plan) {
    return decide(key, plan, true);
  }

  /** Drops a held deletion; the next full sync looks again. */
  public Run dismiss(ConnectionKey key, String plan) {
    return decide(key, plan, false);
  }

  /** Stops the connection's run between two pages; the next one resumes. Returns at once. */
  public void cancel(ConnectionKey key) {
    runs.cancel(key);
  }

  /**
   * Syncs a connection now and then, from a thread of our own, until it is disconnected or all is
   * closed.
   */
  public void schedule(ConnectionKey key, Duration every) {
    scheduler.add(key, every);
  }

  /**
   * Ends its run, then erases everything of exactly this connection. Blocks until both are done.
   */
  public void disconnect(ConnectionKey key) {
    scheduler.remove(key);
    runs.cancelAndAwait(key);
    config.store().connections().disconnect(key);
    credentials.remove(key);
  }

  /** The changes of a tenant for one named subscriber. */
  public ChangeFeed changes(String tenant, String subscriber) {
    return new ChangeFeed(config.store(), tenant, subscriber);
  }

  /**
   * A link that a person can open: to a chunk's place where the source has one, else to the
   * document.
   */
  public Optional<URI> link(ConnectionKey key, Ref ref, Optional<String> chunk) {
    Connection connection = existing(key);
    Artifact artifact = config.store().corpus().artifacts(key, List.of(ref)).get(ref);
    if (artifact == null) {
      return Optional.empty();
    }
    Item item = StreamPlan.item(artifact, parent(connection, artifact), connection.settings());
    return connector(connection.connector()).streams().stream()
        .filter(s -> s.kind().equals(ref.kind()) && s instanceof DocumentStream)
        .findFirst()
        .flatMap(s -> ((DocumentStream) s).cite(new Citation(ref, item, chunk)));
  }

  /**
   * Drops what is no longer needed: ended runs older than this, and events that every subscriber
   * has acknowledged.
   */
  public void forget(ConnectionKey key, Duration runsOlderThan) {
    config.store().journal().forgetRunsBefore(key, config.time().now().minus(runsOlderThan));
    config.store().outbox().forgetAcknowledged(key);
  }

  /**
   * Cancels every run between two pages, waits for it, then releases clients and threads. The store
   * stays open: it is the host's.
   */
  @Override
  public void close() {
    scheduler.close();
    runs.close();
    apis.close();
    release.run();
  }

  private Run decide(ConnectionKey key, String plan, boolean approved) {
    HeldDeletion held =
        config
            .store()
            .journal()
            .held(key, plan)
            .orElseThrow(
                () ->
                    new InvalidConfigurationException(
                        "plan",
                        "names no held deletion of "
                            + key
                            + ": it was decided, or a later listing replaced it"));
    return run(
        key,
        Run.Trigger.DECISION,
        work -> {
          work.decide(held, approved);
          return List.of();
        });
  }

  private Run run(ConnectionKey key, Run.Trigger trigger, Runs.Work work) {
    Connection connection = existing(key);
    Connector connector = connector(connection.connector());
    CredentialSupplier secret = credentials.get(key);
    if (secret == null) {
      throw new InvalidConfigurationException(
          "connection", "'" + key + "' has no credentials in this process: call connect first");
    }
    Descriptor descriptor = connector.descriptor();
    Api api =
        apis.open(
            key,
            descriptor.baseUrl(connection.settings()),
            descriptor.auth().stream()
                .findFirst()
                .map(scheme -> scheme.authorizer(secret, config.time()::now))
                .orElseGet(Authorizer::none));
    return runs.run(connection, trigger, StreamPlan.of(connector), api, work);
  }

  private Optional<Item> parent(Connection connection, Artifact artifact) {
    return artifact
        .parent()
        .map(ref -> config.store().corpus().artifacts(connection.key(), List.of(ref)).get(ref))
        .map(a -> StreamPlan.item(a, Optional.empty(), connection.settings()));
  }

  private Connection existing(ConnectionKey key) {
    return config
        .store()
        .connections()
        .find(key)
        .orElseThrow(
            () ->
                new InvalidConfigurationException(
                    "connection", "'" + key + "' does not exist: connect it first"));
  }

  private Connector connector(String id) {
    @Nullable Connector connector = connectors.get(id);
    if (connector == null) {
      throw new InvalidConfigurationException(
          "connector",
          "'"
              + id
              + "' is not registered; there are "
              + connectors.keySet()
              + ": add its jar or register it with the builder");
    }
    return connector;
  }
}
