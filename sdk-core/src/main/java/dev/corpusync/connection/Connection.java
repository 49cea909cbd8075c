package dev.corpusync.connection;

import java.util.Optional;

/**
 * One tenant's link to one account.
 *
 * @param generation made new by each connect, so that nothing written for an older one can be
 *     reached or continued
 * @param account who it is at the source; empty until it has been asked, and where the connector
 *     cannot ask
 * @since 0.1
 */
public record Connection(
    ConnectionKey key,
    String connector,
    String generation,
    Settings settings,
    State state,
    Optional<Account> account) {
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

  public Connection with(State next) {
    return new Connection(key, connector, generation, settings, next, account);
  }

  public Connection with(Settings next) {
    return new Connection(key, connector, generation, next, state, account);
  }

  public Connection with(Account who) {
    return new Connection(key, connector, generation, settings, state, Optional.of(who));
  }
}
