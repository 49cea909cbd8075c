package dev.corpusync.testkit.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;

/** Looks at a database past the store. */
final class Rows {
  private static final List<String> TABLES =
      List.of(
          "connection",
          "artifact",
          "document",
          "chunk",
          "dependency",
          "event",
          "checkpoint",
          "seen",
          "failure",
          "held",
          "run",
          "entity_tag",
          "subscriber",
          "secret",
          "claim",
          "work");

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

  /** Every row of every table of ours. */
  static Map<String, List<String>> dump(DataSource database, String prefix) throws SQLException {
    Map<String, List<String>> all = new TreeMap<>();
    try (Connection connection = database.getConnection()) {
      for (String table : TABLES) {
        all.put(table, of(connection, "SELECT * FROM " + prefix + table));
      }
    }
    return all;
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
