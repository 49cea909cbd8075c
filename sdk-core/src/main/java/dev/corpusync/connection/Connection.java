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
 * @since 0.1
 */
public record Connection(
    ConnectionKey key,
    String connector,
    String generation,
    Settings settings,
    State state,
    Optional<Account> account,
    Realm realm) {
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

  /** An active connection whose account was not asked for. */
  public Connection(ConnectionKey key, String connector, String generation, Settings settings) {
    this(key, connector, generation, settings, State.ACTIVE, Optional.empty());
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
    return new Connection(key, connector, generation, settings, state, account, shared);
  }

  public Connection with(State next) {
    return new Connection(key, connector, generation, settings, next, account, realm);
  }

  public Connection with(Settings next) {
    return new Connection(key, connector, generation, next, state, account, realm);
  }

  public Connection with(Account who) {
    return new Connection(key, connector, generation, settings, state, Optional.of(who), realm);
  }
}
