package dev.corpusync.relational;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.ConnectionFactory;

/** What is prepared on one connection. For one thread at a time, as the connection is. */
final class Statements {
  private final Connection connection;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  Statements(Connection connection) {
    this.connection = connection;
  }

  /** Opens connections, and says how long statements live on them: for one transaction, or on. */
  interface Origin extends ConnectionFactory {
    default Statements lend(Connection connection) {
      return new Statements(connection);
    }

    default void giveBack(Statements statements) throws SQLException {
      statements.close();
    }
  }

  /**
   * Whoever gets it uses it to the end before asking for the same SQL again, and closes nothing.
   */
  PreparedStatement of(String sql) throws SQLException {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
    }
    return statement;
  }

  private void close() throws SQLException {
    for (PreparedStatement statement : prepared.values()) {
      statement.close();
    }
  }
}
