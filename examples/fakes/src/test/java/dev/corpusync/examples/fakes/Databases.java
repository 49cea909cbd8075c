package dev.corpusync.examples.fakes;

import dev.corpusync.relational.RelationalStore;
import dev.corpusync.store.Store;
import dev.corpusync.testkit.subject.StoreFixture;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
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
              List.of(file, file.resolveSibling(file.getFileName() + "-wal")),
              () -> {});
        });
  }

  /** One server for the JVM, and a database of it for each trial that is open, used again. */
  static StoreFixture postgres() {
    emptied().release().run(); // It runs from now on.
    return fixture("PostgreSQL", Databases::emptied);
  }

  /** An empty database, where its bytes are, and what is done when nobody uses it any more. */
  private record Made(Supplier<Store> stores, List<Path> files, Runnable release) {}

  /** A copy of a file that has the tables: creating them takes longer than a small trial. */
  private static Path sqliteFile(Path folder) {
    try {
      Path template = folder.resolve("template.db");
      if (Files.notExists(template)) {
        RelationalStore.sqlite(template).close();
      }
      Path file = Files.createTempFile(folder, "corpus", ".db");
      return Files.copy(template, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Made emptied() {
    DataSource database = Optional.ofNullable(Server.FREE.poll()).orElseGet(Server::database);
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(Server.DELETES);
    } catch (SQLException e) {
      throw new IllegalStateException("the test's PostgreSQL cannot be emptied", e);
    }
    return new Made(
        () -> RelationalStore.open(database), List.of(), () -> Server.FREE.add(database));
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
            database.release().run();
          }
        };
      }
    };
  }

  private static final class Server {
    static final Queue<DataSource> FREE = new ConcurrentLinkedQueue<>();
    private static final EmbeddedPostgres RUNNING = start();
    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** Empties each table but the one that tells the version; ten times faster than making them. */
    private static final String DELETES = deletes();

    private static String deletes() {
      DataSource database = database();
      try (Connection connection = database.getConnection();
          Statement statement = connection.createStatement();
          ResultSet tables =
              statement.executeQuery(
                  "SELECT tablename FROM pg_tables"
                      + " WHERE schemaname = 'corpusync' AND tablename <> 'migration'")) {
        StringBuilder deletes = new StringBuilder();
        while (tables.next()) {
          deletes.append("DELETE FROM corpusync.").append(tables.getString(1)).append(";\n");
        }
        return deletes.toString();
      } catch (SQLException e) {
        throw new IllegalStateException("the test's PostgreSQL does not name its tables", e);
      } finally {
        FREE.add(database);
      }
    }

    /** A database that has the tables. */
    static DataSource database() {
      String name = "trial_" + NUMBER.incrementAndGet();
      try (Connection connection = RUNNING.getPostgresDatabase().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE DATABASE " + name);
      } catch (SQLException e) {
        throw new IllegalStateException("the test's PostgreSQL makes no database", e);
      }
      DataSource database = pool(name);
      RelationalStore.open(database).close();
      return database;
    }

    /** A host has a pool; without one, each question starts a process in the server. */
    @SuppressWarnings("deprecation") // for an application's use, not for a test's
    private static DataSource pool(String name) {
      org.postgresql.ds.PGPoolingDataSource pool = new org.postgresql.ds.PGPoolingDataSource();
      pool.setUrl(RUNNING.getJdbcUrl("postgres", name));
      pool.setMaxConnections(4);
      return pool;
    }

    private static EmbeddedPostgres start() {
      try {
        EmbeddedPostgres server =
            EmbeddedPostgres.builder()
                .setServerConfig("fsync", "off")
                .setServerConfig("full_page_writes", "off")
                .start();
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
