package dev.corpusync.engine;

import dev.corpusync.artifact.Artifact;
import dev.corpusync.artifact.Item;
import dev.corpusync.auth.Authorizer;
import dev.corpusync.auth.CredentialSupplier;
import dev.corpusync.auth.Secret;
import dev.corpusync.cite.Citation;
import dev.corpusync.cite.CitationResolver;
import dev.corpusync.connection.Configuration;
import dev.corpusync.connection.Connection;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.connection.Descriptor;
import dev.corpusync.connection.OptionPage;
import dev.corpusync.connection.OptionQuery;
import dev.corpusync.connection.Setting;
import dev.corpusync.connection.Settings;
import dev.corpusync.connector.Connector;
import dev.corpusync.connector.DocumentStream;
import dev.corpusync.discover.Connectors;
import dev.corpusync.document.Ref;
import dev.corpusync.engine.ConnectionLifecycle.Given;
import dev.corpusync.error.InvalidConfigurationException;
import dev.corpusync.extract.Api;
import dev.corpusync.extract.ApiFactory;
import dev.corpusync.feed.ChangeFeed;
import dev.corpusync.run.ConnectionRun;
import dev.corpusync.run.RunConfig;
import dev.corpusync.run.Runs;
import dev.corpusync.run.StreamPlan;
import dev.corpusync.store.Store;
import dev.corpusync.sync.FailedItem;
import dev.corpusync.sync.HeldDeletion;
import dev.corpusync.sync.Pass;
import dev.corpusync.sync.Run;
import dev.corpusync.vault.Vault;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The front door for a host. {@link #sync} and its like work on the calling thread, with help from
 * the executor for prefetching and for partitions, and block until the run has ended; everything
 * else reads or writes the store and returns. Safe for many threads: two runs of one connection
 * never overlap, the second one answers {@code BUSY}.
 */
public final class Corpusync implements AutoCloseable {
  private final RunConfig config;
  private final Connectors connectors;
  private final ApiFactory apis;
  private final Runs runs;
  private final Scheduler scheduler;
  private final Runnable release;
  private final Credentials credentials;
  private final ConnectionLifecycle life;
  private final SecretSettings secrets;

  Corpusync(
      RunConfig config,
      Connectors connectors,
      ApiFactory apis,
      Optional<Vault> vault,
      Runnable release) {
    this.config = config;
    this.connectors = connectors;
    this.apis = apis;
    this.release = release;
    credentials = new Credentials(vault);
    runs = new Runs(config);
    secrets = new SecretSettings(vault, config.store().secrets());
    life = new ConnectionLifecycle(config, this::connector, credentials, secrets, this::open, runs);
    scheduler = new Scheduler(config.time(), this::sync);
  }

  public static CorpusyncBuilder builder(Store store) {
    return new CorpusyncBuilder(store);
  }

  /** What each registered connector says of itself, by id. */
  public List<Descriptor> connectors() {
    return connectors.all().stream().map(Connector::descriptor).toList();
  }

  /**
   * Makes a connection, or opens the one that is there, with a secret that the host keeps. Call it
   * at each start of the process, since nothing of that secret is stored. A new one is asked who it
   * is, where the connector can ask; it waits then for its first sync, which {@link #schedule}
   * begins with.
   *
   * @throws InvalidConfigurationException when the connector is unknown, a setting is wrong, or the
   *     connection exists with another connector or other settings: reconfigure or disconnect it
   * @throws dev.corpusync.error.RemoteException when a new one cannot be reached or is refused, by
   *     what a person can do about it; nothing of it is left
   */
  public Connection connect(
      ConnectionKey key,
      String connector,
      Map<String, String> settings,
      CredentialSupplier secret) {
    return life.connect(key, connector, settings, new Given.Supplied(secret));
  }

  /**
   * Makes a connection, or opens the one that is there, and keeps its secret in the store, sealed,
   * in place of one that was kept before. Once is enough: every process with the same store and
   * keys can then sync it. After a crash in between, call it again.
   *
   * @throws InvalidConfigurationException as the other one, and with nothing changed when the
   *     builder was given no {@linkplain CorpusyncBuilder#vault vault}
   * @throws dev.corpusync.error.RemoteException as the other one
   */
  public Connection connect(
      ConnectionKey key, String connector, Map<String, String> settings, Secret secret) {
    return life.connect(key, connector, settings, new Given.Kept(secret));
  }

  /**
   * Goes on with other credentials of the same account, supplied by the host. Whoever still works
   * with the old ones is fenced off; everything that is stored stays.
   *
   * @throws dev.corpusync.error.CredentialsRejectedException when they are another account's, with
   *     nothing changed
   */
  public Connection reconnect(ConnectionKey key, CredentialSupplier secret) {
    return life.reconnect(key, new Given.Supplied(secret));
  }

  /** The same, kept in the store. */
  public Connection reconnect(ConnectionKey key, Secret secret) {
    return life.reconnect(key, new Given.Kept(secret));
  }

  /**
   * Goes on with other settings. A secret among them that is not given stays as it is. The next
   * sync reads in full exactly those scopes that were read under settings that have changed, and
   * deletes what is in none any more; the others go on from where they are.
   */
  public Connection reconfigure(ConnectionKey key, Map<String, String> settings) {
    return life.reconfigure(key, settings);
  }

  /**
   * A secret that was filled in among a connection's settings, opened anew at each call: for the
   * host itself, such as the secret of an application or of a webhook. No connector reads it.
   *
   * @return empty when it was not given, or the connection is gone
   * @throws dev.corpusync.error.SecretUnreadableException when it cannot be opened any more
   */
  public Optional<Secret> secret(ConnectionKey key, Setting<Secret> setting) {
    return secrets.find(key, setting.name());
  }

  /** Ends its run, and lets it rest as it is until {@link #resume}. */
  public Connection pause(ConnectionKey key) {
    return life.pause(key);
  }

  public Connection resume(ConnectionKey key) {
    return life.resume(key);
  }

  /** How a connection does, for the people whose it is. */
  public Health health(ConnectionKey key) {
    return life.health(key);
  }

  /** The connections of all tenants whose account the source calls this in its webhooks. */
  public List<Connection> connectionsOf(String connector, String account) {
    return config.store().connections().ofAccount(connector, account);
  }

  /**
   * Erases what a crash has left half made or half erased. Call it when the first process of a host
   * starts; a connection that another process is just making fails there, with nothing left.
   *
   * @return what was erased; a person may connect it again
   */
  public List<ConnectionKey> recover() {
    return life.recover();
  }

  /**
   * Some choices of a fetched setting, asked of the API while a form is filled in, before there is
   * a connection. Makes one request; nothing is stored.
   *
   * @param soFar the settings that are filled in already
   * @throws InvalidConfigurationException naming a setting that is wrong, has no choices to fetch,
   *     or must be filled in first
   */
  public OptionPage options(
      ConnectionKey key,
      String connector,
      Map<String, String> soFar,
      CredentialSupplier secret,
      OptionQuery query) {
    Descriptor descriptor = connector(connector).descriptor();
    Settings given = Configuration.soFar(descriptor.settings(), soFar).settings();
    return new FetchedOptions(connector(connector), given)
        .page(open(key, descriptor, given, secret), query);
  }

  /** Brings a connection up to date: in full the first time, then what has changed. */
  public Run sync(ConnectionKey key) {
    return run(key, Run.Trigger.SYNC, work -> work.sync(Pass.Mode.INCREMENTAL));
  }

  /**
   * Reads everything again, finds deletions that no change feed told, and changes nothing that is
   * the same.
   */
  public Run resync(ConnectionKey key) {
    return run(key, Run.Trigger.RESYNC, work -> work.sync(Pass.Mode.FULL));
  }

  /** Fetches single things by id and stores or deletes them accordingly. */
  public Run refresh(ConnectionKey key, Collection<Ref> refs) {
    return run(
        key,
        Run.Trigger.REFRESH,
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
    return decide(key, plan, ConnectionRun::approve);
  }

  /** Drops a held deletion; the next full sync looks again. */
  public Run dismiss(ConnectionKey key, String plan) {
    return decide(key, plan, ConnectionRun::dismiss);
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
   * Ends its run, then erases everything of exactly this connection, its secrets first, also those
   * of a connection that was never finished. Blocks until all is done. When it fails or the process
   * dies, call it again: it goes on.
   */
  public void disconnect(ConnectionKey key) {
    scheduler.remove(key);
    life.disconnect(key);
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
    Connection connection = life.existing(key);
    Artifact artifact = config.store().corpus().artifacts(key, List.of(ref)).get(ref);
    if (artifact == null) {
      return Optional.empty();
    }
    Item item = StreamPlan.item(artifact, parent(connection, artifact), connection.settings());
    return connector(connection.connector()).streams().stream()
        .filter(s -> s.kind().equals(ref.kind()) && s instanceof DocumentStream)
        .findFirst()
        .flatMap(s -> ((DocumentStream) s).cite(new Citation(ref, item, chunk)))
        .filter(CitationResolver::opens);
  }

  /**
   * Drops what is no longer needed: ended runs older than this, and events that every subscriber
   * has acknowledged.
   */
  public void purge(ConnectionKey key, Duration runsOlderThan) {
    config.store().journal().purgeRunsBefore(key, config.time().now().minus(runsOlderThan));
    config.store().outbox().purgeAcknowledged(key);
  }

  /**
   * Cancels every run between two pages, waits for it, then releases clients, threads and the
   * host's suppliers. The store stays open: it is the host's.
   */
  @Override
  public void close() {
    scheduler.close();
    runs.close();
    apis.close();
    credentials.clear();
    release.run();
  }

  private Run decide(
      ConnectionKey key, String plan, BiConsumer<ConnectionRun, HeldDeletion> decision) {
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
          decision.accept(work, held);
          return List.of();
        });
  }

  private Run run(ConnectionKey key, Run.Trigger trigger, Runs.Work work) {
    Connection connection = life.existing(key);
    Connector connector = connector(connection.connector());
    Api api = open(connection, connector, credentials.of(key));
    return runs.run(
        connection,
        trigger,
        StreamPlan.of(connector),
        api,
        run -> {
          run.verify(connector);
          return work.on(run);
        });
  }

  private Api open(Connection connection, Connector connector, CredentialSupplier secret) {
    return open(connection.key(), connector.descriptor(), connection.settings(), secret);
  }

  private Api open(
      ConnectionKey key, Descriptor descriptor, Settings settings, CredentialSupplier secret) {
    return apis.open(
        key,
        descriptor.baseUrl(settings),
        descriptor.auth().stream()
            .findFirst()
            .map(scheme -> scheme.authorizer(secret, config.time()::now))
            .orElseGet(Authorizer::none));
  }

  private Optional<Item> parent(Connection connection, Artifact artifact) {
    return artifact
        .parent()
        .map(ref -> config.store().corpus().artifacts(connection.key(), List.of(ref)).get(ref))
        .map(a -> StreamPlan.item(a, Optional.empty(), connection.settings()));
  }

  private Connector connector(String id) {
    return connectors.get(id);
  }
}
