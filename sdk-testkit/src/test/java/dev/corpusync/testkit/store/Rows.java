package dev.corpusync.testkit.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;

/** Reads the rows of a database directly, not through the store. */
final class Rows {
  /** These hold nothing of any tenant. */
  private static final Set<String> BOOKKEEPING = Set.of("migration", "secret_floor");

  private Rows() {}

  static void execute(DataSource database, String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Statements with comments between them. */
  static void run(DataSource database, String script) throws SQLException {
    for (String statement : script.replaceAll("(?m)^--.*$", "").split(";")) {
      if (!statement.isBlank()) {
        execute(database, statement);
      }
    }
  }

  /**
   * Every row of every table that holds something of a tenant, by the table's name.
   *
   * @param prefix of the tables' names: "corpusync_", or "corpusync." for a schema
   */
  static Map<String, List<String>> dump(DataSource database, String prefix) throws SQLException {
    Map<String, List<String>> all = new TreeMap<>();
    try (Connection connection = database.getConnection()) {
      for (String table : tables(connection, prefix)) {
        all.put(table, of(connection, "SELECT * FROM " + prefix + table));
      }
    }
    return all;
  }

  /** As the database lists them, so that a new table is part of every comparison. */
  private static List<String> tables(Connection connection, String prefix) throws SQLException {
    boolean schema = prefix.endsWith(".");
    String begin = schema ? "" : prefix;
    List<String> names = new ArrayList<>();
    try (ResultSet rows =
        connection
            .getMetaData()
            .getTables(
                null,
                schema ? prefix.substring(0, prefix.length() - 1) : null,
                begin + "%",
                new String[] {"TABLE"})) {
      while (rows.next()) {
        String name = rows.getString("TABLE_NAME").substring(begin.length());
        if (!BOOKKEEPING.contains(name)) {
          names.add(name);
        }
      }
    }
    return names;
  }

  static List<String> of(DataSource database, String query) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return of(connection, query);
    }
  }

  private static List<String> of(Connection connection, String query) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          Object value = result.getObject(i);
          row.add(value instanceof byte[] bytes ? Arrays.toString(bytes) : String.valueOf(value));
        }
        rows.add(row.toString());
      }
    }
    rows.sort(null);
    return rows;
  }
}
