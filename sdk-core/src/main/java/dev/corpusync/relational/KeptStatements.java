package dev.corpusync.relational;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.statement.StatementBuilder;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Keeps the statements of one connection prepared until the connection is closed, since SQLite
 * would parse and plan each one again. For one thread at a time, as the connection is; a statement
 * must be read to its end before the same SQL is asked for again.
 */
final class KeptStatements implements StatementBuilder {
  private final Map<String, PreparedStatement> prepared = new HashMap<>();
  private final Set<Statement> kept = Collections.newSetFromMap(new IdentityHashMap<>());

  @Override
  public PreparedStatement create(Connection connection, String sql, StatementContext context)
      throws SQLException {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
      kept.add(statement);
    }
    return statement;
  }

  /** For a script; not kept. */
  @Override
  public Statement create(Connection connection, StatementContext context) throws SQLException {
    return connection.createStatement();
  }

  @Override
  public CallableStatement createCall(Connection connection, String sql, StatementContext context)
      throws SQLException {
    return connection.prepareCall(sql);
  }

  /**
   * Closes what is not kept; closing the connection closes the rest. Jdbi gives the SQL before its
   * placeholders were expanded, so the statement is recognised by itself.
   */
  @Override
  public void close(Connection connection, String sql, Statement statement) throws SQLException {
    if (!kept.contains(statement)) {
      statement.close();
    }
  }
}
