package dev.corpusync.relational;

import java.sql.SQLException;
import java.util.List;

/**
 * Sends the changes of one commit in the order of the calls. It may collect them: call {@link
 * #send()} before reading what was written, and at the end of the commit.
 */
interface Writes {
  /** Inserts rows, or changes those with the same key as {@link Table} says. */
  void upsert(Table table, List<Row> rows) throws SQLException;

  /** Deletes the rows that have the key columns of these. */
  void delete(Table table, List<Row> keys) throws SQLException;

  /**
   * Runs one statement.
   *
   * @param sql with the placeholders of {@link Dialect}, and {@code ?} for each value
   * @param values Long or String, in the order of the question marks
   */
  void run(String sql, List<Object> values) throws SQLException;

  void send() throws SQLException;
}
