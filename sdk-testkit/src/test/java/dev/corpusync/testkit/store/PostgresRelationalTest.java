package dev.corpusync.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.error.StoreException;
import dev.corpusync.relational.Database;
import dev.corpusync.relational.RelationalStore;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

final class PostgresRelationalTest extends RelationalContract {
  @Override
  DataSource empty() {
    return Postgres.emptyDatabase();
  }

  @Override
  protected byte[] raw(DataSource source) throws SQLException {
    return Rows.dump(source, prefix()).toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  String prefix() {
    return "corpusync.";
  }

  @Override
  Database database() {
    return Database.POSTGRESQL;
  }

  @Override
  List<String> rowVersions(DataSource database) throws SQLException {
    List<String> versions = new ArrayList<>();
    for (String table : List.of("artifact", "document", "chunk", "dependency", "event")) {
      versions.addAll(Rows.of(database, "SELECT xmin, ctid FROM corpusync." + table));
    }
    return versions;
  }

  @Test
  void an_unreachable_server_is_reported_without_the_password() {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {"127.0.0.1"});
    source.setPortNumbers(new int[] {1});
    source.setUser("corpusync");
    source.setPassword("hunter2");
    StringWriter trace = new StringWriter();
    try {
      RelationalStore.open(source);
    } catch (StoreException e) {
      e.printStackTrace(new PrintWriter(trace));
    }
    assertThat(trace.toString())
        .contains("tried to open the store")
        .contains("cannot be reached")
        .contains("Check that it runs")
        .doesNotContain("hunter2");
  }

  @Test
  void a_server_that_only_reads_is_named_as_such() throws SQLException {
    DataSource database = empty();
    Rows.execute(
        database,
        "DO $$ BEGIN EXECUTE 'ALTER DATABASE ' || current_database() || ' SET default_transaction_read_only = on'; END $$");
    StringWriter trace = new StringWriter();
    try {
      RelationalStore.open(database);
    } catch (StoreException e) {
      e.printStackTrace(new PrintWriter(trace));
    }
    assertThat(trace.toString())
        .contains("tried to migrate")
        .contains("read-only")
        .contains("primary");
  }

  @Test
  void what_the_host_sets_for_its_own_sessions_changes_nothing() throws SQLException {
    DataSource database = empty();
    for (String setting :
        List.of(
            "search_path = pg_catalog",
            "default_transaction_isolation = ''serializable''",
            "timezone = ''Pacific/Kiritimati''",
            "synchronous_commit = off")) {
      Rows.execute(
          database,
          "DO $$ BEGIN EXECUTE 'ALTER DATABASE ' || current_database() || ' SET "
              + setting
              + "'; END $$");
    }
    StoreFixture in = on(RelationalStore.open(database));
    seed(in);
    in.store = RelationalStore.open(database);
    assertThat(in.ids()).containsExactly("1", "2", "3");
    assertThat(in.store.journal().runs(StoreFixture.KEY, 1).get(0).started())
        .isEqualTo(StoreFixture.T0);
  }
}
