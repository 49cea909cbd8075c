package dev.corpusync.connection;

import dev.corpusync.document.Realm;
import java.util.Optional;

/**
 * One tenant's link to one account.
 *
 * @param generation made new by each connect, so that nothing written for an older one can be
 *     reached or continued
 * @param account who it is at the source; empty until it has been asked, and where the connector
 *     cannot ask
 * @param realm whose users and groups the readers of its documents are: its own, unless the host
 *     named a shared one when it connected
 * @param removals what becomes of what the present settings no longer select
 * @since 0.1
 */
public record Connection(
    ConnectionKey key,
    String connector,
    String generation,
    Settings settings,
    State state,
    Optional<Account> account,
    Realm realm,
    Removals removals) {
  /**
   * The state of a connection in its life cycle. Each step is stored before the next one starts.
   */
  public enum State {
    /** Being created: nothing is synced, and nothing is lost if it is created again. */
    CONNECTING,
    ACTIVE,
    /** Not synced, with its data kept, until a person resumes it. */
    PAUSED,
    /** Being erased: it can only be erased further. */
    DISCONNECTING
  }

  /** What becomes of stored items that changed settings no longer select. */
  public enum Removals {
    /** Deleted within the limits of the drop guard, else held for a person. */
    HELD,
    /** Deleted, however many there are: a person has confirmed it with the settings. */
    CONFIRMED
  }

  /** An active connection whose account was not asked for. */
  public Connection(ConnectionKey key, String connector, String generation, Settings settings) {
    this(key, connector, generation, settings, State.ACTIVE, Optional.empty());
  }

  /** A connection whose settings confirm no removals. */
  public Connection(
      ConnectionKey key,
      String connector,
      String generation,
      Settings settings,
      State state,
      Optional<Account> account,
      Realm realm) {
    this(key, connector, generation, settings, state, account, realm, Removals.HELD);
  }

  /** A connection whose users and groups are its own. */
  public Connection(
      ConnectionKey key,
      String connector,
      String generation,
      Settings settings,
      State state,
      Optional<Account> account) {
    this(key, connector, generation, settings, state, account, Realm.ofConnection(key.id()));
  }

  public Connection with(Realm shared) {
    return new Connection(key, connector, generation, settings, state, account, shared, removals);
  }

  public Connection with(State next) {
    return new Connection(key, connector, generation, settings, next, account, realm, removals);
  }

  public Connection with(Settings next) {
    return new Connection(key, connector, generation, next, state, account, realm, Removals.HELD);
  }

  public Connection with(Account who) {
    return new Connection(
        key, connector, generation, settings, state, Optional.of(who), realm, removals);
  }

  public Connection with(Removals next) {
    return new Connection(key, connector, generation, settings, state, account, realm, next);
  }
}
