package dev.corpusync.examples.demo;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Runs SQL on one connection to one SQLite file. Not safe for several threads. */
final class Sql implements AutoCloseable {
  private final Connection connection;

  private Sql(Connection connection) {
    this.connection = connection;
  }

  interface Work<T> {
    T run() throws SQLException;
  }

  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  static Sql open(Path file, List<String> tables) {
    return attempt(
        () -> {
          Connection opened = DriverManager.getConnection("jdbc:sqlite:" + file.toAbsolutePath());
          try (Statement statement = opened.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = NORMAL");
            for (String table : tables) {
              statement.execute(table);
            }
          }
          opened.setAutoCommit(false);
          return new Sql(opened);
        });
  }

  /** Commits all of the work, or nothing. */
  <T> T transaction(Work<T> work) {
    return attempt(
        () -> {
          try {
            T result = work.run();
            connection.commit();
            return result;
          } finally {
            connection.rollback();
          }
        });
  }

  void run(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = statement(sql, values)) {
      statement.executeUpdate();
    }
  }

  <T> List<T> select(Row<T> row, String sql, Object... values) throws SQLException {
    List<T> found = new ArrayList<>();
    try (PreparedStatement statement = statement(sql, values);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        found.add(row.read(rows));
      }
    }
    return found;
  }

  /** The id of the row inserted last. */
  long lastId() throws SQLException {
    return select(row -> row.getLong(1), "SELECT last_insert_rowid()").get(0);
  }

  @Override
  public void close() {
    attempt(
        () -> {
          connection.close();
          return true;
        });
  }

  private PreparedStatement statement(String sql, Object... values) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }

  private static <T> T attempt(Work<T> work) {
    try {
      return work.run();
    } catch (SQLException e) {
      throw new IllegalStateException("the search index failed: " + e.getMessage(), e);
    }
  }
}
