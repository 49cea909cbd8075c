package dev.corpusync.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.relational.Database;
import dev.corpusync.relational.RelationalStore;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** How our own statements are carried out, with and without statistics of the tables. */
abstract class QueryPlanContract extends JdbcContract {
  /** A database that holds nothing. */
  abstract DataSource empty();

  /** What our tables' names begin with. */
  abstract String prefix();

  abstract Database database();

  /** Ten thousand runs, and as many of another tenant. */
  @Test
  void what_a_run_asks_for_at_its_start_reads_no_old_runs() throws SQLException {
    DataSource database = empty();
    StoreFixture in = RelationalContract.on(RelationalStore.open(database));
    String runs = prefix() + "run";
    in.commit(in.step().record(StoreFixture.run("first", StoreFixture.T0)));
    for (String tenant : List.of("acme", "rival")) {
      Rows.execute(
          database,
          "INSERT INTO "
              + runs
              + " (tenant, connection, id, cause, state, started, ended, message, seen, stored,"
              + " unchanged, hidden, failed, deleted, events, requests)"
              + " WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)"
              + " SELECT '"
              + tenant
              + "', 'main', '' || i, 'SYNC', 'SUCCEEDED', i, i, '', 0, 0, 0, 0, 0, 0, 0, 0 FROM n");
    }
    String mine = " WHERE tenant = 'acme' AND connection = 'main'";
    String newest = " AND started > -9000000000000000000 ORDER BY started DESC, id DESC";
    for (String analyze : List.of("SELECT 1", "ANALYZE " + runs)) {
      Rows.execute(database, analyze);
      assertThat(plan(database, "SELECT * FROM " + runs + mine + newest + " LIMIT 10"))
          .contains("run_started")
          .doesNotContain("TEMP B-TREE", "Seq Scan", "->  Sort", "[Sort");
      assertThat(
              plan(
                  database,
                  "UPDATE "
                      + runs
                      + " SET ended = 1"
                      + mine
                      + " AND state = 'RUNNING' AND id <> 'x' AND id IN (SELECT id FROM "
                      + runs
                      + mine
                      + newest
                      + " LIMIT 10)"))
          .contains("run_started")
          .containsPattern("(?s)id ?= ?(\\?|\\(?\\S*\\)?)")
          .doesNotContain("TEMP B-TREE", "Hash Join", "Hash Semi Join");
      assertThat(plan(database, "UPDATE " + runs + " SET seen = 1" + mine + " AND id = 'first'"))
          .doesNotContain("run_started");
    }
    assertThat(in.store.journal().runs(StoreFixture.KEY, 1)).hasSize(1);
  }

  private String plan(DataSource database, String statement) throws SQLException {
    String explain = database() == Database.SQLITE ? "EXPLAIN QUERY PLAN " : "EXPLAIN (COSTS OFF) ";
    return String.join("\n", Rows.of(database, explain + statement));
  }
}
