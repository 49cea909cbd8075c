package dev.corpusync.store;

import dev.corpusync.connection.Connection;
import dev.corpusync.connection.ConnectionKey;
import java.util.List;
import java.util.Optional;

/**
 * The connections that exist.
 *
 * @since 0.1
 */
public interface Connections {
  /**
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
   * @return false, with nothing changed, when another one is there
   */
  boolean replace(Connection seen, Connection next);

  /** Those of all tenants that are being made or erased. */
  List<Connection> unfinished();

  /** Those of all tenants whose account the source calls this in its webhooks. */
  List<Connection> ofAccount(String connector, String name);

  /** By id. */
  List<Connection> list(String tenant);

  /**
   * Erases everything of exactly this connection, its secrets included, and makes every fence of it
   * void. A subscriber that knew it keeps one note, that it is gone, until acknowledged.
   * Idempotent.
   */
  void disconnect(ConnectionKey key);
}
