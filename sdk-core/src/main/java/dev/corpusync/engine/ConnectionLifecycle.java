package dev.corpusync.engine;

import dev.corpusync.auth.CredentialSupplier;
import dev.corpusync.auth.Secret;
import dev.corpusync.auth.SecretOrigin;
import dev.corpusync.connection.Account;
import dev.corpusync.connection.Configuration;
import dev.corpusync.connection.Connection;
import dev.corpusync.connection.Connection.Removals;
import dev.corpusync.connection.Connection.State;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.connection.Setting;
import dev.corpusync.connection.Settings;
import dev.corpusync.connector.Connector;
import dev.corpusync.document.Realm;
import dev.corpusync.error.ConnectionChangedException;
import dev.corpusync.error.ConnectionExistsException;
import dev.corpusync.error.ConnectionNotFoundException;
import dev.corpusync.error.CredentialsMissingException;
import dev.corpusync.error.DisconnectUnfinishedException;
import dev.corpusync.error.RemoteException;
import dev.corpusync.extract.Api;
import dev.corpusync.run.AccountCheck;
import dev.corpusync.run.RunConfig;
import dev.corpusync.run.Runs;
import dev.corpusync.run.StoredTimes;
import dev.corpusync.store.Connections;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Makes, changes and erases connections. Each step is durable before the next one begins and can be
 * repeated, so that after a crash anywhere the same call, or {@link #recover}, continues.
 */
final class ConnectionLifecycle {
  /** Longer than asking whose account it is takes. */
  private static final Duration MAKING = Duration.ofMinutes(5);

  private final RunConfig config;
  private final Connections connections;
  private final Function<String, Connector> connectors;
  private final Credentials credentials;
  private final SecretSettings secrets;
  private final Opener opener;
  private final Runs runs;
  private final Function<ConnectionKey, Optional<Realm>> realms;

  /** Makes the client of a connection. */
  interface Opener {
    Api open(Connection connection, Connector connector, CredentialSupplier secret);
  }

  ConnectionLifecycle(
      RunConfig config,
      Function<String, Connector> connectors,
      Credentials credentials,
      SecretSettings secrets,
      Opener opener,
      Runs runs,
      Function<ConnectionKey, Optional<Realm>> realms) {
    this.config = config;
    this.connections = config.store().connections();
    this.connectors = connectors;
    this.credentials = credentials;
    this.secrets = secrets;
    this.opener = opener;
    this.runs = runs;
    this.realms = realms;
  }

  /** The secret of a connection as the host gives it: supplied at each use, or to be stored. */
  sealed interface Given {
    record Supplied(CredentialSupplier secret) implements Given {}

    record Kept(Secret secret) implements Given {}

    default CredentialSupplier supplier() {
      if (this instanceof Supplied supplied) {
        return supplied.secret();
      }
      Secret kept = ((Kept) this).secret();
      return () -> kept;
    }
  }

  Connection connect(ConnectionKey key, String id, Map<String, String> settings, Given given) {
    Connector connector = connectors.apply(id);
    List<Setting<?>> declared = connector.descriptor().settings();
    Optional<SecretOrigin> before =
        connections.find(key).filter(c -> c.connector().equals(id)).map(this::origin);
    Configuration read = secrets.read(key, connector.descriptor(), settings, before);
    Settings valid = read.settings();
    requireVault(key, given);
    Optional<Realm> shared = realms.apply(key);
    String generation = Long.toHexString(config.random().nextLong() | Long.MIN_VALUE);
    Connection wanted =
        new Connection(
            key,
            id,
            generation,
            valid,
            State.CONNECTING,
            Optional.empty(),
            shared.orElse(Realm.ofConnection(key.id())));
    Connection actual = connections.create(wanted) ? wanted : existing(key);
    if (!actual.connector().equals(id)
        || !actual.settings().sameAs(valid, declared)
        || !actual.realm().equals(shared.orElse(actual.realm()))) {
      throw new ConnectionExistsException(key.toString());
    }
    requireNotLeaving(actual);
    if (actual.state() == State.CONNECTING) {
      return activate(actual, connector, given, read);
    }
    SecretOrigin origin = origin(actual);
    if (given instanceof Given.Kept || actual.account().isEmpty()) {
      Optional<Account> who =
          AccountCheck.ask(connector, opener.open(actual, connector, given.supplier()));
      who.ifPresent(w -> AccountCheck.requireSame(actual, w));
      take(key, origin, given);
      secrets.keep(key, declared, read, origin, origin);
      return actual.account().isPresent() || who.isEmpty()
          ? actual
          : replaced(actual, actual.with(who.get()));
    }
    take(key, origin, given);
    secrets.keep(key, declared, read, origin, origin);
    return actual;
  }

  /** Checks access before anything is stored; what fails leaves nothing. */
  private Connection activate(
      Connection connecting, Connector connector, Given given, Configuration read) {
    // Read by recover() only; the caller who is first to replace the state makes the connection.
    Instant now = config.time().now();
    config.store().leases().tryAcquire(connecting.key(), now, now.plus(MAKING));
    Connection active = connecting.with(State.ACTIVE);
    SecretOrigin origin = origin(connecting);
    try {
      active =
          AccountCheck.ask(connector, opener.open(connecting, connector, given.supplier()))
              .map(active::with)
              .orElse(active);
    } catch (RemoteException e) {
      erase(connecting.key());
      throw e;
    }
    take(connecting.key(), origin, given);
    secrets.keep(connecting.key(), connector.descriptor().settings(), read, origin, origin);
    return replaced(connecting, active);
  }

  /** Replaces the credentials by others of the same account. A run with the old ones is fenced. */
  Connection reconnect(ConnectionKey key, Given given) {
    Connection connection = existing(key);
    requireNotLeaving(connection);
    requireVault(key, given);
    Connector connector = connectors.apply(connection.connector());
    SecretOrigin origin = origin(connection);
    Optional<Account> who =
        AccountCheck.ask(connector, opener.open(connection, connector, given.supplier()));
    who.ifPresent(w -> AccountCheck.requireSame(connection, w));
    runs.cancelAndAwait(key);
    take(key, origin, given);
    Connection active = connection.with(State.ACTIVE);
    return replaced(connection, who.map(active::with).orElse(active));
  }

  /**
   * Replaces the settings, and the credentials where they are given. What was read under settings
   * that change is read again at the next sync.
   */
  Connection reconfigure(
      ConnectionKey key, Map<String, String> settings, Optional<Given> given, Removals removals) {
    Connection connection = existing(key);
    requireNotLeaving(connection);
    given.ifPresent(g -> requireVault(key, g));
    Connector connector = connectors.apply(connection.connector());
    List<Setting<?>> declared = connector.descriptor().settings();
    SecretOrigin before = origin(connection);
    Configuration read = secrets.read(key, connector.descriptor(), settings, Optional.of(before));
    Connection next = connection.with(read.settings()).with(removals);
    SecretOrigin origin = origin(next);
    // P11: a secret stays with the origin that it was given for.
    if (given.isEmpty() && !origin.equals(before)) {
      throw CredentialsMissingException.forOrigin(key.toString());
    }
    if (given.isEmpty() && next.equals(connection)) {
      secrets.keep(key, declared, read, before, origin);
      return connection;
    }
    credentials.bind(key, before);
    CredentialSupplier secret =
        given.map(Given::supplier).orElseGet(() -> credentials.of(key, origin));
    Optional<Account> who = AccountCheck.ask(connector, opener.open(next, connector, secret));
    who.ifPresent(w -> AccountCheck.requireSame(connection, w));
    runs.cancelAndAwait(key);
    given.ifPresent(g -> take(key, origin, g));
    secrets.keep(key, declared, read, before, origin);
    return replaced(connection, who.map(next::with).orElse(next));
  }

  /** Where the secrets of a connection are sent. */
  SecretOrigin origin(Connection connection) {
    return connectors
        .apply(connection.connector())
        .descriptor()
        .secretOrigin(connection.settings());
  }

  Connection pause(ConnectionKey key) {
    Connection connection = existing(key);
    requireNotLeaving(connection);
    runs.cancelAndAwait(key);
    return replaced(connection, connection.with(State.PAUSED));
  }

  Connection resume(ConnectionKey key) {
    Connection connection = existing(key);
    requireNotLeaving(connection);
    return replaced(connection, connection.with(State.ACTIVE));
  }

  void disconnect(ConnectionKey key) {
    // Every worker is fenced, in this process and in others, before anything is erased.
    Optional<Connection> connection = connections.find(key);
    while (connection.isPresent()
        && connection.get().state() != State.DISCONNECTING
        && !connections.replace(connection.get(), connection.get().with(State.DISCONNECTING))) {
      connection = connections.find(key);
    }
    runs.cancelAndAwait(key);
    erase(key);
  }

  /** Secrets first: what is left after a crash cannot be used to read the source. */
  private void erase(ConnectionKey key) {
    credentials.remove(key);
    config.store().secrets().erase(key);
    connections.disconnect(key);
  }

  /** Erases what a crash left half made or half erased. Returns what it erased. */
  List<ConnectionKey> recover() {
    List<ConnectionKey> left =
        connections.unfinished().stream()
            .filter(c -> c.state() == State.DISCONNECTING || !isBeingMade(c.key()))
            .map(Connection::key)
            .toList();
    left.forEach(this::disconnect);
    return left;
  }

  /** Whether a process that may live makes it: the lease of one that has died ends. */
  private boolean isBeingMade(ConnectionKey key) {
    Instant now = config.time().now();
    return config
        .store()
        .leases()
        .heldUntil(key)
        .filter(now::isBefore)
        .filter(until -> StoredTimes.isLease(until, MAKING, now))
        .isPresent();
  }

  Optional<Secret> secret(ConnectionKey key, String field) {
    return connections.find(key).flatMap(c -> secrets.find(key, field, origin(c)));
  }

  Health health(ConnectionKey key) {
    Connection connection = existing(key);
    return switch (connection.state()) {
      case CONNECTING, DISCONNECTING -> new Health(Health.Status.CHANGING, "", config.time().now());
      case PAUSED -> new Health(Health.Status.PAUSED, "", config.time().now());
      case ACTIVE ->
          Health.of(config.store().journal().runs(key, StoredTimes.latest(config.time().now()), 50))
              .orElseGet(() -> new Health(Health.Status.NEVER_SYNCED, "", config.time().now()));
    };
  }

  Connection existing(ConnectionKey key) {
    return connections.find(key).orElseThrow(() -> new ConnectionNotFoundException(key.toString()));
  }

  private Connection replaced(Connection seen, Connection next) {
    if (!connections.replace(seen, next)) {
      throw new ConnectionChangedException(seen.key().toString());
    }
    return next;
  }

  private void requireVault(ConnectionKey key, Given given) {
    if (given instanceof Given.Kept) {
      credentials.requireVault(key);
    }
  }

  private void take(ConnectionKey key, SecretOrigin origin, Given given) {
    if (given instanceof Given.Kept kept) {
      credentials.keep(key, origin, kept.secret());
    } else {
      credentials.supply(key, origin, given.supplier());
    }
  }

  private static void requireNotLeaving(Connection connection) {
    if (connection.state() == State.DISCONNECTING) {
      throw new DisconnectUnfinishedException(connection.key().toString());
    }
  }
}
