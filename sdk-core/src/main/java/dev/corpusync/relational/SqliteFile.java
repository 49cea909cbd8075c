package dev.corpusync.relational;

import dev.corpusync.error.StoreException;
import dev.corpusync.sync.Time;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Properties;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.statement.StatementBuilder;
import org.jdbi.v3.core.statement.StatementBuilderFactory;

/**
 * Connections to one file, a few of them kept open. When all are in use it opens one more; it waits
 * only where another process is making the file.
 */
final class SqliteFile implements ConnectionFactory, StatementBuilderFactory, AutoCloseable {
  private static final int KEPT = 4;

  /** SQLite's code for a file that another connection has locked. */
  private static final int BUSY = 5;

  private static final int MOST_ATTEMPTS = 500;
  private static final Duration PAUSE = Duration.ofMillis(20);
  private final String url;
  private final Deque<Connection> idle = new ArrayDeque<>();
  private final Map<Connection, KeptStatements> prepared = new IdentityHashMap<>();
  private boolean closed;

  SqliteFile(Path file) {
    url = "jdbc:sqlite:" + file.toAbsolutePath();
  }

  @Override
  public Connection openConnection() throws SQLException {
    synchronized (idle) {
      if (closed) {
        throw new StoreException("the store is closed: open a new one");
      }
      Connection kept = idle.pollFirst();
      if (kept != null) {
        return kept;
      }
    }
    Properties settings = new Properties();
    settings.setProperty("transaction_mode", "IMMEDIATE");
    settings.setProperty("journal_mode", "WAL");
    settings.setProperty("synchronous", "NORMAL");
    settings.setProperty("busy_timeout", "10000");
    if (DriverManager.drivers().noneMatch(SqliteFile::speaksSqlite)) {
      throw new StoreException(
          "no JDBC driver for SQLite on the class path: add org.xerial:sqlite-jdbc");
    }
    return opened(settings);
  }

  /**
   * Where several open a new file at one time, only one can set its journal mode, and SQLite lets
   * the others fail at once instead of waiting.
   */
  private Connection opened(Properties settings) throws SQLException {
    for (int attempt = 1; ; attempt++) {
      try {
        return DriverManager.getConnection(url, settings);
      } catch (SQLException e) {
        if (e.getErrorCode() != BUSY || attempt == MOST_ATTEMPTS) {
          throw e;
        }
        pause(e);
      }
    }
  }

  private static void pause(SQLException busy) throws SQLException {
    try {
      Time.system().sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw busy;
    }
  }

  private static boolean speaksSqlite(java.sql.Driver driver) {
    try {
      return driver.acceptsURL("jdbc:sqlite:");
    } catch (SQLException e) {
      return false;
    }
  }

  @Override
  public void closeConnection(Connection connection) throws SQLException {
    synchronized (idle) {
      if (!closed && idle.size() < KEPT && !connection.isClosed()) {
        idle.addFirst(connection);
        return;
      }
      prepared.remove(connection);
    }
    connection.close();
  }

  /** Statements stay prepared as long as their connection is open. */
  @Override
  public StatementBuilder createStatementBuilder(Connection connection) {
    synchronized (idle) {
      return prepared.computeIfAbsent(connection, c -> new KeptStatements());
    }
  }

  /** Connections in use close when they are given back. */
  @Override
  public void close() {
    synchronized (idle) {
      closed = true;
      for (Connection connection : idle) {
        try {
          connection.close();
        } catch (SQLException e) {
          throw new StoreException(
              "closing the SQLite file failed with code "
                  + e.getErrorCode()
                  + "; what was committed is safe");
        }
      }
      idle.clear();
      prepared.clear();
    }
  }
}
