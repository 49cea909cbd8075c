package dev.corpusync.benchmarks.contender;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.corpusync.relational.RelationalStore;
import dev.corpusync.store.Store;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The databases of the contenders, with the same settings for all of them. */
public abstract class Database implements AutoCloseable {
  private final String name;

  private Database(String name) {
    this.name = name;
  }

  /** Opens an SQLite file with a write-ahead log and synchronous NORMAL. */
  public static Database sqlite() throws IOException {
    Path directory = Files.createTempDirectory("corpusync-bench");
    return new Sqlite(directory.resolve("bench.db"), true);
  }

  /** Opens an existing SQLite file and keeps it. */
  public static Database sqlite(Path file) {
    return new Sqlite(file, false);
  }

  /** Starts a PostgreSQL server with fsync and synchronous commits, as in production. */
  public static Database postgres() throws IOException {
    return new Postgres(
        EmbeddedPostgres.builder()
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("full_page_writes", "on")
            .setServerConfig("max_wal_size", "4GB")
            .start());
  }

  public final String name() {
    return name;
  }

  /** Opens a connection with auto-commit off. */
  public final Connection connect() throws SQLException {
    Connection connection = DriverManager.getConnection(url());
    connection.setAutoCommit(false);
    return connection;
  }

  /** A connection pool like that of a host. */
  public final HikariDataSource pool() {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url());
    config.setMaximumPoolSize(connections());
    return new HikariDataSource(config);
  }

  /** The path, for an SQLite file. */
  public Path file() {
    throw new IllegalStateException(name + " is not a file");
  }

  /** Deletes all data. */
  public abstract void clear() throws SQLException, IOException;

  /** Opens the engine's store as its documentation says. */
  public abstract OpenStore store();

  /** The type of a column of bytes. */
  abstract String bytes();

  /** The type of a column that is a key, compared by its bytes. */
  abstract String key();

  abstract String url();

  abstract int connections();

  @Override
  public abstract void close() throws IOException;

  /** The number of rows of a table. */
  public final long count(String table) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM " + table)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** A store with what must be closed after it, and the name of its table of chunks. */
  public record OpenStore(Store store, String chunks, Runnable release) implements AutoCloseable {
    @Override
    public void close() {
      store.close();
      release.run();
    }
  }

  private static final class Sqlite extends Database {
    private final Path file;
    private final boolean temporary;

    Sqlite(Path file, boolean temporary) {
      super("SQLite");
      this.file = file;
      this.temporary = temporary;
    }

    @Override
    public Path file() {
      return file;
    }

    @Override
    String url() {
      return "jdbc:sqlite:" + file + "?journal_mode=WAL&synchronous=NORMAL&busy_timeout=10000";
    }

    @Override
    int connections() {
      return 1;
    }

    @Override
    String bytes() {
      return "BLOB";
    }

    @Override
    String key() {
      return "TEXT";
    }

    @Override
    public void clear() throws IOException {
      for (String suffix : new String[] {"", "-wal", "-shm"}) {
        Files.deleteIfExists(Path.of(file + suffix));
      }
    }

    @Override
    public OpenStore store() {
      return new OpenStore(RelationalStore.sqlite(file), "corpusync_chunk", () -> {});
    }

    @Override
    public void close() throws IOException {
      if (temporary) {
        clear();
        Files.delete(file.getParent());
      }
    }
  }

  private static final class Postgres extends Database {
    private final EmbeddedPostgres server;

    Postgres(EmbeddedPostgres server) {
      super("PostgreSQL");
      this.server = server;
    }

    @Override
    String url() {
      return server.getJdbcUrl("postgres", "postgres");
    }

    @Override
    int connections() {
      return 4;
    }

    @Override
    String bytes() {
      return "BYTEA";
    }

    @Override
    String key() {
      return "TEXT COLLATE \"C\"";
    }

    @Override
    public void clear() throws SQLException {
      try (Connection connection = DriverManager.getConnection(url());
          Statement statement = connection.createStatement()) {
        statement.execute("DROP SCHEMA IF EXISTS corpusync CASCADE");
        statement.execute("DROP SCHEMA public CASCADE");
        statement.execute("CREATE SCHEMA public");
        // so that no contender pays for dirty pages of another one
        statement.execute("CHECKPOINT");
      }
    }

    @Override
    public OpenStore store() {
      HikariDataSource pool = pool();
      return new OpenStore(RelationalStore.open(pool), "corpusync.chunk", pool::close);
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }
}
