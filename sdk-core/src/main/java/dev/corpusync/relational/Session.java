package dev.corpusync.relational;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.document.Ref;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Plain JDBC within a transaction, for what every page does: there jdbi would cost more than a
 * tenth of the time, and statements are worth keeping.
 */
final class Session {
  private final ConnectionKey key;
  private final Dialect dialect;
  private final Statements statements;
  private final Function<String, Named> sql;

  /** Reads one row. */
  interface Row {
    void read(ResultSet row) throws SQLException;
  }

  /**
   * @param key whose rows are meant
   * @param sql what stands for a marked one
   */
  Session(ConnectionKey key, Dialect dialect, Statements statements, Function<String, Named> sql) {
    this.key = key;
    this.dialect = dialect;
    this.statements = statements;
    this.sql = sql;
  }

  Writes writes() {
    return dialect.writes(statements, key, sql);
  }

  /** Runs a query with tenant and connection bound. */
  void each(String marked, Row row) throws SQLException {
    each(marked, Map.of(), row);
  }

  /** Runs a query about refs, with tenant and connection bound too. */
  void each(String marked, Collection<Ref> refs, Row row) throws SQLException {
    each(marked, dialect.refs(refs), row);
  }

  /** Runs a query with these values bound, and tenant and connection too. */
  void each(String marked, Map<String, ?> values, Row row) throws SQLException {
    Named query = sql.apply(marked);
    PreparedStatement statement = statements.of(query.sql());
    query.bind(statement, 1, withOwner(key, values));
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        row.read(rows);
      }
    }
  }

  static Map<String, Object> withOwner(ConnectionKey key, Map<String, ?> values) {
    Map<String, Object> all = new HashMap<>(values);
    all.put("tenant", key.tenant());
    all.put("connection", key.id());
    return all;
  }
}
