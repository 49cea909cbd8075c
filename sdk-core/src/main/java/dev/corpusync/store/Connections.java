package dev.corpusync.store;

import dev.corpusync.connection.Connection;
import dev.corpusync.connection.ConnectionKey;
import java.util.List;
import java.util.Optional;

/**
 * The stored connections.
 *
 * @since 0.1
 */
public interface Connections {
  /**
   * Stores a new connection.
   *
   * @return false, with nothing changed, when a connection of this key exists
   */
  boolean create(Connection connection);

  Optional<Connection> find(ConnectionKey key);

  /**
   * Replaces the state, configuration or account that the caller has seen, and invalidates all of
   * its fencing tokens, so that no worker continues with the old one. What depends on a setting
   * whose value differs becomes stale (P9).
   *
   * @param next with the same key, connector and generation
   * @return false, with nothing changed, when another one is stored
   */
  boolean replace(Connection seen, Connection next);

  /** Returns the connections of all tenants that are being created or erased. */
  List<Connection> unfinished();

  /** Returns the connections of all tenants whose account has this name in webhooks. */
  List<Connection> ofAccount(String connector, String name);

  /** Returns the connections of a tenant, ordered by id. */
  List<Connection> list(String tenant);

  /**
   * Erases all data of exactly this connection, its secrets included, and invalidates every fence
   * of it. Each subscriber that had a position keeps a disconnected one until it acknowledges it.
   * Idempotent.
   */
  void disconnect(ConnectionKey key);
}
