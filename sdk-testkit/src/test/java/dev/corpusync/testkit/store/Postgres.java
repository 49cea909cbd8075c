package dev.corpusync.testkit.store;

import dev.corpusync.relational.RelationalStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.ds.PGPoolingDataSource;

/**
 * One PostgreSQL for all tests of a JVM, with its data under target; each caller gets a database of
 * its own.
 */
@SuppressWarnings("deprecation") // the driver's pool is for tests, as here
public final class Postgres {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private Postgres() {}

  /** Started by the first use, stopped with the JVM. */
  private static final class Server {
    private static final EmbeddedPostgres RUNNING = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder()
            .setDataDirectory(Path.of("target", "postgres-" + ProcessHandle.current().pid()))
            // what only a crash of the machine needs
            .setServerConfig("fsync", "off")
            .setServerConfig("full_page_writes", "off")
            .setServerConfig("autovacuum", "off")
            .start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Made by the first use: a database that has the tables and no rows. */
  private static final class Template {
    private static final String NAME = create();

    private static String create() {
      String name = created("");
      RelationalStore.open(Server.RUNNING.getDatabase("postgres", name)).close();
      return name;
    }
  }

  /** Returns a database without tables; it opens a new connection for each call. */
  public static DataSource emptyDatabase() {
    return Server.RUNNING.getDatabase("postgres", created(""));
  }

  /** Returns a database that has the tables of a store and no rows. */
  static DataSource migratedDatabase() {
    return Server.RUNNING.getDatabase("postgres", created(" TEMPLATE " + Template.NAME));
  }

  /**
   * Returns a database that has the tables of a store and no rows, with a pool of connections: a
   * server starts a process for each new one, which takes longer than most calls of a store.
   */
  static PGPoolingDataSource pooledDatabase() {
    PGPoolingDataSource pool = new PGPoolingDataSource();
    String name = created(" TEMPLATE " + Template.NAME);
    pool.setDataSourceName(name);
    pool.setUrl(Server.RUNNING.getJdbcUrl("postgres", name));
    pool.setMaxConnections(40);
    return pool;
  }

  private static String created(String how) {
    String name = "test_" + NUMBER.incrementAndGet();
    try (Connection connection = Server.RUNNING.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name + how);
    } catch (SQLException e) {
      throw new IllegalStateException("the embedded PostgreSQL cannot create a database", e);
    }
    return name;
  }
}
