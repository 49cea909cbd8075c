package dev.corpusync.engine;

import dev.corpusync.auth.CredentialSupplier;
import dev.corpusync.auth.Secret;
import dev.corpusync.connection.Connection;
import dev.corpusync.connection.Connection.Removals;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.connection.Descriptor;
import dev.corpusync.connection.OptionPage;
import dev.corpusync.connection.OptionQuery;
import dev.corpusync.connection.Setting;
import dev.corpusync.connector.Connector;
import dev.corpusync.discover.Connectors;
import dev.corpusync.document.Realm;
import dev.corpusync.document.Ref;
import dev.corpusync.engine.ConnectionLifecycle.Given;
import dev.corpusync.error.EngineClosedException;
import dev.corpusync.error.InvalidConfigurationException;
import dev.corpusync.extract.ApiFactory;
import dev.corpusync.feed.ChangeFeed;
import dev.corpusync.run.RunConfig;
import dev.corpusync.run.Runs;
import dev.corpusync.store.Store;
import dev.corpusync.sync.FailedItem;
import dev.corpusync.sync.HeldDeletion;
import dev.corpusync.sync.RequestListener;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.UnreadPart;
import dev.corpusync.vault.Vault;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Syncs the connections of a host: connects accounts, runs syncs, reads what they stored.
 *
 * <p>{@link #sync} and the other methods that return a {@link Run} work on the calling thread, with
 * help from the executor for prefetching and for partitions, and block until the run has ended.
 * Everything else reads or writes the store and returns. Safe for many threads: two runs of one
 * connection never overlap, the second one returns {@code BUSY}.
 *
 * <p>After {@link #close}, every method that runs or changes a connection throws {@link
 * EngineClosedException}; methods that only read the store work as long as the store is open.
 *
 * <p>Every method that takes the key of a connection throws {@link
 * dev.corpusync.error.ConnectionNotFoundException} when nothing is connected under it, but for the
 * lists, which are empty then.
 *
 * @since 0.1
 */
public final class Corpusync implements AutoCloseable {
  private final RunConfig config;
  private final Connectors connectors;
  private final ApiFactory apis;
  private final ApiOpener opener;
  private final Runs runs;
  private final RunStarter starter;
  private final Scheduler scheduler;
  private final Runnable release;
  private final Credentials credentials;
  private final ConnectionLifecycle lifecycle;
  private final AtomicBoolean closed = new AtomicBoolean();

  Corpusync(
      RunConfig config,
      Connectors connectors,
      ApiFactory apis,
      RequestListener requestListener,
      Optional<Vault> vault,
      Function<ConnectionKey, Optional<Realm>> realms,
      Runnable release) {
    this.config = config;
    this.connectors = connectors;
    this.apis = apis;
    this.release = release;
    opener = new ApiOpener(apis, config.time(), requestListener);
    credentials = new Credentials(vault);
    runs = new Runs(config);
    SecretSettings secrets = new SecretSettings(vault, config.store().secrets());
    lifecycle =
        new ConnectionLifecycle(
            config, connectors::get, credentials, secrets, opener::open, runs, realms);
    starter = new RunStarter(runs, lifecycle, connectors::get, credentials, opener, config.store());
    scheduler = Scheduler.of(config, starter::sync);
  }

  /** Returns a builder of an engine that keeps everything in this store. */
  public static CorpusyncBuilder builder(Store store) {
    return new CorpusyncBuilder(store);
  }

  /** Returns the descriptors of the registered connectors, by id. */
  public List<Descriptor> connectors() {
    return connectors.all().stream().map(Connector::descriptor).toList();
  }

  /**
   * Connects an account, or opens the connection that exists, with a secret that the host keeps.
   * Call it at each start of the process, since that secret is not stored. For a new connection the
   * API is asked whose account it is, where the connector can ask. The first sync reads it.
   *
   * @throws InvalidConfigurationException naming the setting that is missing or wrong
   * @throws dev.corpusync.error.ConnectorNotFoundException when no connector has this id
   * @throws dev.corpusync.error.ConnectionExistsException when the connection exists with another
   *     connector, other settings, or another {@linkplain CorpusyncBuilder#sharedRealms realm}
   * @throws dev.corpusync.error.DisconnectUnfinishedException when the connection is being erased
   * @throws dev.corpusync.error.RemoteException when the API refuses a new one; nothing is stored
   */
  public Connection connect(
      ConnectionKey key,
      String connector,
      Map<String, String> settings,
      CredentialSupplier secret) {
    runs.requireOpen("connect");
    return lifecycle.connect(key, connector, settings, new Given.Supplied(secret));
  }

  /**
   * Connects an account, or opens the connection that exists, and stores its secret, sealed by the
   * vault, in place of an earlier one. Once is enough: every process with the same store and keys
   * can then sync the connection. After a crash, call it again. Throws as the other one does.
   *
   * @throws dev.corpusync.error.VaultMissingException when the builder was given no vault
   */
  public Connection connect(
      ConnectionKey key, String connector, Map<String, String> settings, Secret secret) {
    runs.requireOpen("connect");
    return lifecycle.connect(key, connector, settings, new Given.Kept(secret));
  }

  /**
   * Replaces the credentials of a connection by others of the same account, supplied by the host. A
   * run with the old ones ends {@code FENCED} or {@code CANCELLED}; everything stored stays.
   *
   * @throws dev.corpusync.error.CredentialsRejectedException when they open another account
   * @throws dev.corpusync.error.ConnectionChangedException when another process changed it
   */
  public Connection reconnect(ConnectionKey key, CredentialSupplier secret) {
    runs.requireOpen("reconnect");
    return lifecycle.reconnect(key, new Given.Supplied(secret));
  }

  /** Replaces the credentials by a secret that is stored, sealed by the vault. */
  public Connection reconnect(ConnectionKey key, Secret secret) {
    runs.requireOpen("reconnect");
    return lifecycle.reconnect(key, new Given.Kept(secret));
  }

  /**
   * Replaces the settings of a connection. A secret setting that is not given stays as it is. The
   * next sync reads in full exactly those scopes that were read under settings that have changed,
   * and deletes what they no longer contain, within the limits of the drop guard; the other scopes
   * continue incrementally.
   *
   * <p>Secrets stay with the origin that they were given for (P11). When the new settings change
   * the scheme, host or port of the base URL or of a token endpoint, give the credentials again
   * with {@link #reconfigure(ConnectionKey, Map, Secret)}, and each required secret setting; an
   * optional one that is not given is erased.
   *
   * @throws InvalidConfigurationException naming the setting that is missing or wrong
   * @throws dev.corpusync.error.CredentialsMissingException when the new settings lead to another
   *     origin; nothing was changed and nothing was sent
   * @throws dev.corpusync.error.ConnectionChangedException when another process changed the
   *     connection meanwhile
   */
  public Connection reconfigure(ConnectionKey key, Map<String, String> settings) {
    runs.requireOpen("reconfigure");
    return lifecycle.reconfigure(key, settings, Optional.empty(), Removals.HELD);
  }

  /** Replaces the settings, and says what becomes of what they no longer select. */
  public Connection reconfigure(
      ConnectionKey key, Map<String, String> settings, Removals removals) {
    runs.requireOpen("reconfigure");
    return lifecycle.reconfigure(key, settings, Optional.empty(), removals);
  }

  /** Replaces settings and credentials together, by a secret that is stored, sealed. */
  public Connection reconfigure(ConnectionKey key, Map<String, String> settings, Secret secret) {
    runs.requireOpen("reconfigure");
    return lifecycle.reconfigure(key, settings, Optional.of(new Given.Kept(secret)), Removals.HELD);
  }

  /** Replaces settings and credentials together, by a secret that the host supplies. */
  public Connection reconfigure(
      ConnectionKey key, Map<String, String> settings, CredentialSupplier secret) {
    runs.requireOpen("reconfigure");
    return lifecycle.reconfigure(
        key, settings, Optional.of(new Given.Supplied(secret)), Removals.HELD);
  }

  /**
   * Opens a secret among a connection's settings, for the host itself: the secret of an application
   * or of a webhook, say. Read and unsealed at each call. No connector reads it.
   *
   * @return empty when it was not given, or the connection does not exist
   * @throws dev.corpusync.error.SecretUnreadableException when it cannot be unsealed
   * @throws dev.corpusync.error.CredentialsMissingException when it was given for other origins
   *     than the connection's settings lead to
   */
  public Optional<Secret> secret(ConnectionKey key, Setting<Secret> setting) {
    return lifecycle.secret(key, setting.name());
  }

  /** Cancels the run of a connection and suspends syncing until {@link #resume}. */
  public Connection pause(ConnectionKey key) {
    runs.requireOpen("pause");
    return lifecycle.pause(key);
  }

  /** Lets a paused connection be synced again. */
  public Connection resume(ConnectionKey key) {
    runs.requireOpen("resume");
    return lifecycle.resume(key);
  }

  /** Returns what the last run found out about a connection, and what a person should do. */
  public Health health(ConnectionKey key) {
    return lifecycle.health(key);
  }

  /** Returns the connections, of all tenants, of the account with this name in a webhook. */
  public List<Connection> connectionsOf(String connector, String account) {
    return config.store().connections().ofAccount(connector, account);
  }

  /**
   * Erases the connections that a crash left half made or half erased, and returns their keys. One
   * that another process is making is not changed, nor is one whose process died a few minutes ago:
   * call it again later, or connect it again.
   */
  public List<ConnectionKey> recover() {
    runs.requireOpen("recover");
    return lifecycle.recover();
  }

  /**
   * Fetches some choices of a setting from the API while a form is filled in ({@code soFar}),
   * before the connection exists. Makes one request; stores nothing.
   *
   * @throws InvalidConfigurationException naming a setting that is wrong, has no choices to fetch,
   *     or must be filled in first
   */
  public OptionPage options(
      ConnectionKey key,
      String connector,
      Map<String, String> soFar,
      CredentialSupplier secret,
      OptionQuery query) {
    runs.requireOpen("options");
    return FetchedOptions.page(connectors.get(connector), opener, key, soFar, secret, query);
  }

  /**
   * Brings a connection up to date: in full the first time, incrementally after that. After {@code
   * YIELDED}, call it again. {@code BUSY} says that one of this connection works, or as many as
   * {@link CorpusyncBuilder#runsAtOnce} allows: call it again at {@link Run#notBefore}.
   *
   * @return how the run ended; a run that did not succeed is returned, not thrown
   * @throws dev.corpusync.error.StoreException when the store fails; the next run resumes
   * @throws dev.corpusync.error.CredentialsMissingException when no secret is supplied or stored
   */
  public Run sync(ConnectionKey key) {
    return starter.sync(key);
  }

  /** Reads everything again, also to find deletions. Returns and throws as {@link #sync} does. */
  public Run resync(ConnectionKey key) {
    return starter.resync(key);
  }

  /**
   * Fetches single items by id, and stores or deletes them accordingly. Returns and throws as
   * {@link #sync} does; the run ends {@code FAILED} when their stream is not {@code FetchedByIds}.
   *
   * @throws dev.corpusync.error.InvalidIdentifierException when an id is longer than what can be
   *     stored; nothing was requested
   */
  public Run refresh(ConnectionKey key, Collection<Ref> refs) {
    return starter.refresh(key, refs);
  }

  /** Fetches one failed item again. Returns and throws as {@link #refresh} does. */
  public Run retry(ConnectionKey key, FailedItem item) {
    return starter.retry(key, item);
  }

  /** Returns the newest runs, newest first. */
  public List<Run> runs(ConnectionKey key, int limit) {
    return config.store().journal().runs(key, limit);
  }

  /** Returns the items that could not be read, by scope, then id. */
  public List<FailedItem> failures(ConnectionKey key, int limit) {
    return config.store().journal().failures(key, limit);
  }

  /** Returns the parts of stored records that could not be read and are asked for again. */
  public List<UnreadPart> unreadParts(ConnectionKey key, int limit) {
    return config.store().journal().unreadParts(key, limit);
  }

  /** Returns the deletions awaiting approval, oldest first. */
  public List<HeldDeletion> heldDeletions(ConnectionKey key) {
    return config.store().journal().held(key);
  }

  /**
   * Looks again for the items of a held deletion, by id or by listing their scope, and deletes
   * those that are still missing. What can be neither found nor proved to be deleted stays held.
   *
   * @throws dev.corpusync.error.PlanNotFoundException when no held deletion has this plan id
   */
  public Run approve(ConnectionKey key, String plan) {
    return starter.approve(key, plan);
  }

  /** Drops a held deletion; the next full sync decides again. Throws as {@link #approve} does. */
  public Run dismiss(ConnectionKey key, String plan) {
    return starter.dismiss(key, plan);
  }

  /** Cancels the run of a connection between two pages, and returns at once; the next resumes. */
  public void cancel(ConnectionKey key) {
    runs.cancel(key);
  }

  /**
   * Syncs a connection at a fixed interval, beginning now, on threads of the engine, until it is
   * unscheduled or disconnected or the engine is closed. Kept in this process only. As many run at
   * once as {@link CorpusyncBuilder#runsAtOnce} allows: first of the tenant of which the fewest
   * run, then what has been due for the longest. Call it again to change the interval.
   */
  public void schedule(ConnectionKey key, Duration every) {
    runs.requireOpen("schedule");
    scheduler.add(key, every);
  }

  /** Ends the schedule of a connection; a run that works is not ended. */
  public void unschedule(ConnectionKey key) {
    scheduler.remove(key);
  }

  /** Returns what is scheduled in this process, by the time of the next sync. */
  public List<Scheduled> scheduled() {
    return scheduler.list();
  }

  /**
   * Cancels the run of a connection, then erases everything of exactly this connection, its secrets
   * first; also of one that was never finished. Blocks until all is erased. When it fails or the
   * process dies, call it again: it continues.
   */
  public void disconnect(ConnectionKey key) {
    runs.requireOpen("disconnect");
    scheduler.remove(key);
    lifecycle.disconnect(key);
  }

  /** Returns the changes of a tenant's corpus for one named subscriber. */
  public ChangeFeed changes(String tenant, String subscriber) {
    return new ChangeFeed(config.store(), tenant, subscriber, config.time());
  }

  /**
   * Returns a link that a person can open: to the place of a chunk where the source has one, else
   * to the document; empty when the item is not stored or has no link.
   */
  public Optional<URI> link(ConnectionKey key, Ref ref, Optional<String> chunk) {
    return new LinkResolver(config.store().corpus(), connectors)
        .link(lifecycle.existing(key), ref, chunk);
  }

  /** Deletes ended runs older than this but the newest, and events that all acknowledged. */
  public void purge(ConnectionKey key, Duration runsOlderThan) {
    config.store().journal().purgeRunsBefore(key, config.time().now().minus(runsOlderThan));
    config.store().outbox().purgeAcknowledged(key);
  }

  /**
   * Cancels every run between two pages, waits for them, then releases clients, threads and the
   * host's suppliers. Does nothing when called again. The store stays open: it is the host's.
   */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    scheduler.close();
    runs.close();
    apis.close();
    credentials.clear();
    release.run();
  }
}
