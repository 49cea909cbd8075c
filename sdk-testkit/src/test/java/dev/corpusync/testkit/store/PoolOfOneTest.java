package dev.corpusync.testkit.store;

import dev.corpusync.relational.RelationalStore;
import dev.corpusync.store.Store;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The whole contract on a host's pool of one connection with auto-commit off. */
final class PoolOfOneTest {
  @Nested
  final class OfSqlite extends StoreContract {
    @TempDir Path folder;
    private PoolOfOne pool;

    @Override
    protected Store open() {
      try {
        pool =
            new PoolOfOne(DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("host.db")));
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
      return RelationalStore.open(pool);
    }

    @Override
    protected Store reopen(Store before) {
      before.close();
      return RelationalStore.open(pool);
    }

    @Override
    protected Store beside(Store first) {
      return RelationalStore.open(pool);
    }

    @AfterEach
    void closePool() throws SQLException {
      pool.close();
    }
  }

  @Nested
  @EnabledIfSystemProperty(named = "corpusync.profile", matches = "proof|long")
  final class OfPostgres extends StoreContract {
    private PoolOfOne pool;

    @Override
    protected Store open() {
      try {
        pool = new PoolOfOne(Postgres.migratedDatabase().getConnection());
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
      return RelationalStore.open(pool);
    }

    @Override
    protected Store reopen(Store before) {
      before.close();
      return RelationalStore.open(pool);
    }

    @Override
    protected Store beside(Store first) {
      return RelationalStore.open(pool);
    }

    @AfterEach
    void closePool() throws SQLException {
      pool.close();
    }
  }
}
