package dev.corpusync.store;

import dev.corpusync.connection.Connection;
import dev.corpusync.connection.ConnectionKey;
import java.util.List;
import java.util.Optional;

/** The connections that exist. */
public interface Connections {
  /**
   * @return false, with nothing changed, when a connection of this key exists
   */
  boolean create(Connection connection);

  Optional<Connection> find(ConnectionKey key);

  /** By id. */
  List<Connection> list(String tenant);

  /**
   * Erases everything of exactly this connection, its secrets included, and makes every fence of it
   * void. A subscriber that knew it keeps one note, that it is gone, until acknowledged.
   * Idempotent.
   */
  void disconnect(ConnectionKey key);
}
