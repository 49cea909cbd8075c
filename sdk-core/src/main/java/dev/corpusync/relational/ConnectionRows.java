package dev.corpusync.relational;

import dev.corpusync.connection.ConnectionKey;
import org.jdbi.v3.core.statement.SqlStatement;

/** Limits a statement to the rows of one connection. */
final class ConnectionRows {
  /** The condition, for tables that have both columns. */
  static final String WHERE = " WHERE tenant = :tenant AND connection = :connection";

  private ConnectionRows() {}

  /** Binds {@code :tenant} and {@code :connection}. */
  static <S extends SqlStatement<S>> S bind(ConnectionKey key, S statement) {
    return statement.bind("tenant", key.tenant()).bind("connection", key.id());
  }
}
