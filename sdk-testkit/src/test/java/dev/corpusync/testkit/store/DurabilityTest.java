package dev.corpusync.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.relational.RelationalStore;
import dev.corpusync.store.Store;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A token that was rotated and then lost to a power failure is lost for good: secrets wait for the
 * disk where pages need not.
 */
class DurabilityTest {
  @TempDir Path folder;
  private final List<String> said = new ArrayList<>();

  @Test
  void on_sqlite_a_secret_is_synced_and_a_page_is_not_made_to_wait() throws SQLException {
    Connection only = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("host.db"));
    try (Statement statement = only.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = NORMAL");
    }
    try (PoolOfOne pool = new PoolOfOne(heard(only))) {
      Store store = RelationalStore.open(pool);
      said.clear();
      store.connections().create(StoreFixture.connection(StoreFixture.KEY, "g1"));
      assertThat(said).containsExactly("PRAGMA secure_delete = ON", "BEGIN IMMEDIATE", "COMMIT");
      said.clear();
      store.secrets().replace(StoreFixture.KEY, "token", 0, "k1", new byte[] {1});
      assertThat(said)
          .containsExactly(
              "PRAGMA synchronous",
              "PRAGMA synchronous = 2",
              "PRAGMA secure_delete = ON",
              "BEGIN IMMEDIATE",
              "COMMIT",
              "PRAGMA synchronous = 1");
    }
  }

  @Test
  void on_postgres_a_secret_is_synced_where_the_host_has_switched_that_off() throws SQLException {
    DataSource database = Postgres.emptyDatabase();
    Rows.execute(
        database,
        "DO $$ BEGIN EXECUTE 'ALTER DATABASE ' || current_database() || ' SET synchronous_commit ="
            + " off'; END $$");
    try (PoolOfOne pool = new PoolOfOne(heard(database.getConnection()))) {
      Store store = RelationalStore.open(pool);
      said.clear();
      store.secrets().replace(StoreFixture.KEY, "token", 0, "k1", new byte[] {1});
      assertThat(said.get(0)).isEqualTo("SHOW synchronous_commit");
      assertThat(said.get(1)).isEqualTo("SET synchronous_commit = on");
      assertThat(said.get(said.size() - 1)).isEqualTo("SET synchronous_commit = off");
    }
  }

  /** Notes what is said by plain statements; what is prepared is data. */
  private Connection heard(Connection connection) {
    return proxy(
        Connection.class,
        connection,
        (result, argument) ->
            result instanceof Statement statement && argument.isEmpty()
                ? proxy(Statement.class, statement, this::note)
                : result);
  }

  private Object note(Object result, String argument) {
    if (!argument.isEmpty()) {
      said.add(argument);
    }
    return result;
  }

  private interface Ear {
    Object received(Object result, String argument);
  }

  private static <T> T proxy(Class<T> type, Object target, Ear ear) {
    return type.cast(
        Proxy.newProxyInstance(
            DurabilityTest.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              try {
                String first = arguments != null && arguments[0] instanceof String text ? text : "";
                return ear.received(method.invoke(target, arguments), first);
              } catch (InvocationTargetException e) {
                throw e.getTargetException();
              }
            }));
  }
}
