package dev.corpusync.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.corpusync.benchmarks.contender.Database;
import dev.corpusync.benchmarks.contender.EngineRun;
import dev.corpusync.benchmarks.source.PageServer;
import dev.corpusync.benchmarks.source.World;
import dev.corpusync.relational.RelationalStore;
import dev.corpusync.sync.Counts;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.RunListener;
import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/**
 * The statements and rows of a page: the difference between a run of five pages and one of four.
 */
class CountsTest {
  // Each page is compared in one read: the hashes of stored records. Its one commit (P1) runs two
  // queries, for the row of the connection, which holds the fencing token (P2), and for the chunks
  // and look-ups of its documents; and it writes 505 rows: a hundred artifacts, documents and
  // events,
  // two hundred chunks; the cursor, the run's counts, the number of the last event; and the ids
  // that were listed, which the end of the run removes. On SQLite each commit first switches on
  // secure_delete and sends one batch per table; PostgreSQL gets all of it in one message.
  private static final Counting.Counts NEW_ON_SQLITE = new Counting.Counts(12, 1, 1, 505);
  private static final Counting.Counts NEW_ON_POSTGRESQL = new Counting.Counts(4, 1, 1, 505);

  // The same read; the row of the connection; the cursor, the run's counts, the ids that were seen.
  private static final Counting.Counts UNCHANGED_ON_SQLITE = new Counting.Counts(6, 1, 1, 4);
  private static final Counting.Counts UNCHANGED_ON_POSTGRESQL = new Counting.Counts(3, 1, 1, 4);

  // Commits: the lease is taken, the run is recorded, the one page is committed, the watermark is
  // promoted, the run's end is recorded, the lease is released; a row each, and the run's counts
  // with the page. The row of the acquired lease is returned by the statement and not among
  // these. Reads: the connection, its last runs, the checkpoint of the scope, failed items and held
  // deletions before and after it and at the end of the run, stale documents.
  private static final Counting.Counts IDLE = new Counting.Counts(29, 6, 10, 6);

  @Test
  void a_page_costs_one_commit_and_few_statements_on_sqlite() throws Exception {
    try (Database database = Database.sqlite()) {
      assertThat(page(database, false)).isEqualTo(NEW_ON_SQLITE);
      assertThat(page(database, true)).isEqualTo(UNCHANGED_ON_SQLITE);
    }
  }

  @Test
  void a_page_costs_one_commit_and_fewer_statements_on_postgresql() throws Exception {
    try (Database database = Database.postgres()) {
      assertThat(page(database, false)).isEqualTo(NEW_ON_POSTGRESQL);
      assertThat(page(database, true)).isEqualTo(UNCHANGED_ON_POSTGRESQL);
    }
  }

  @Test
  void an_idle_sync_costs_the_same_whatever_is_stored() throws Exception {
    try (Database database = Database.sqlite();
        PageServer server = PageServer.start()) {
      for (int tickets : new int[] {100, 2_000}) {
        database.clear();
        Counting counting = new Counting();
        try (EngineRun engine = open(server, World.of(tickets), database, counting)) {
          engine.incremental();
          engine.incremental();
          Counting.Counts before = counting.counts();
          Run idle = engine.incremental();
          assertThat(idle.counts()).isEqualTo(Counts.builder().requests(1).build());
          assertThat(counting.counts().minus(before)).isEqualTo(IDLE);
        }
      }
    }
  }

  /** The cost of one page of 100 tickets. */
  private static Counting.Counts page(Database database, boolean again)
      throws SQLException, IOException {
    return run(database, 500, again).minus(run(database, 400, again));
  }

  private static Counting.Counts run(Database database, int tickets, boolean again)
      throws SQLException, IOException {
    database.clear();
    Counting counting = new Counting();
    try (PageServer server = PageServer.start();
        EngineRun engine = open(server, World.of(tickets), database, counting)) {
      if (again) {
        engine.run();
      }
      Counting.Counts before = counting.counts();
      engine.run();
      assertThat(engine.last().counts().requests()).isEqualTo(tickets / 100);
      return counting.counts().minus(before);
    }
  }

  private static EngineRun open(
      PageServer server, World world, Database database, Counting counting) {
    HikariDataSource pool = database.pool();
    Database.OpenStore store =
        new Database.OpenStore(RelationalStore.open(counting.watch(pool)), "", pool::close);
    return EngineRun.on(server.url(world), store, RunListener.silent());
  }
}
