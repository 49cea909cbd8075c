package dev.corpusync.examples.fakes;

import dev.corpusync.jdbi.RelationalStore;
import dev.corpusync.store.Store;
import dev.corpusync.testkit.contract.StoreFixture;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** The two databases that the examples are tried on. */
final class Databases {
  private Databases() {}

  /** A file each. */
  static StoreFixture sqlite(Path folder) {
    return fixture(
        "SQLite",
        () -> {
          Path file = sqliteFile(folder);
          return new Made(
              () -> RelationalStore.sqlite(file),
              List.of(file, file.resolveSibling(file.getFileName() + "-wal")));
        });
  }

  /** One server for the JVM, emptied for each trial. */
  static StoreFixture postgres() {
    return fixture("PostgreSQL", () -> new Made(emptied(), List.of()));
  }

  /** An empty database, and where its bytes are. */
  private record Made(Supplier<Store> stores, List<Path> files) {}

  private static Path sqliteFile(Path folder) {
    try {
      return Files.createTempFile(folder, "corpus", ".db");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Supplier<Store> emptied() {
    DataSource database = Server.POOL;
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP SCHEMA IF EXISTS corpusync CASCADE");
    } catch (SQLException e) {
      throw new IllegalStateException("the test's PostgreSQL cannot be emptied", e);
    }
    return () -> RelationalStore.open(database);
  }

  private static StoreFixture fixture(String name, Supplier<Made> databases) {
    return new StoreFixture() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Database create() {
        Made database = databases.get();
        Store store = database.stores().get();
        return new Database() {
          @Override
          public Store open() {
            return store;
          }

          @Override
          public List<Path> files() {
            return database.files();
          }

          @Override
          public void close() {
            store.close();
          }
        };
      }
    };
  }

  private static final class Server {
    static final DataSource POOL = pool(start());

    /** A host has a pool; without one, each question starts a process in the server. */
    @SuppressWarnings("deprecation") // for an application's use, not for a test's
    private static DataSource pool(EmbeddedPostgres server) {
      org.postgresql.ds.PGPoolingDataSource pool = new org.postgresql.ds.PGPoolingDataSource();
      pool.setUrl(server.getJdbcUrl("postgres", "postgres"));
      pool.setMaxConnections(4);
      return pool;
    }

    private static EmbeddedPostgres start() {
      try {
        EmbeddedPostgres server = EmbeddedPostgres.builder().start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(server)));
        return server;
      } catch (IOException e) {
        throw new UncheckedIOException("the test's PostgreSQL did not start", e);
      }
    }

    private static void close(EmbeddedPostgres server) {
      try {
        server.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
