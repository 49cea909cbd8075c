package dev.corpusync.relational;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * What one commit changes, in this order; it may be sent late and together, so whoever reads it
 * within the transaction says {@link #send()} before, and everyone at the end.
 */
interface Writes {
  void upsert(Table table, List<Object[]> rows) throws SQLException;

  /** Deletes by the values of the key columns. */
  void delete(Table table, List<Object[]> keys) throws SQLException;

  /**
   * @param marked with tenant and connection bound
   * @param values of its other parameters: Long or String
   */
  void run(String marked, Map<String, ?> values) throws SQLException;

  void send() throws SQLException;
}
