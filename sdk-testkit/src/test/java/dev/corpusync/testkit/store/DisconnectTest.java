package dev.corpusync.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.auth.AuthScheme;
import dev.corpusync.auth.Secret;
import dev.corpusync.connection.Descriptor;
import dev.corpusync.connector.Connector;
import dev.corpusync.connector.Stream;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.error.StoreException;
import dev.corpusync.relational.RelationalStore;
import dev.corpusync.store.Store;
import dev.corpusync.testkit.time.VirtualTime;
import dev.corpusync.vault.KeyProvider;
import dev.corpusync.vault.SealingKey;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGPoolingDataSource;
import org.sqlite.SQLiteDataSource;

/**
 * A disconnect that fails at any call to the database: secrets go first, and the next one ends it.
 */
class DisconnectTest {
  @TempDir Path folder;

  @Test
  void on_sqlite_secrets_go_first_and_the_next_disconnect_continues() throws SQLException {
    SQLiteDataSource database = new SQLiteDataSource();
    database.setUrl("jdbc:sqlite:" + folder.resolve("corpus.db"));
    sweep(database, "corpusync_");
  }

  @Test
  void on_postgres_secrets_go_first_and_the_next_disconnect_continues() throws SQLException {
    PGPoolingDataSource database = Postgres.pooledDatabase();
    try {
      sweep(database, "corpusync.");
    } finally {
      database.close();
    }
  }

  private void sweep(DataSource database, String prefix) throws SQLException {
    Path keys = folder.resolve("corpusync.keys");
    SealingKey.generate().appendTo(keys);
    JdbcFaults faults = new JdbcFaults();
    int points = 0;
    int between = 0;
    boolean fired = true;
    try (Store store = RelationalStore.open(faults.around(database));
        Corpusync engine = engine(store, keys);
        Store later = RelationalStore.open(database);
        Corpusync restarted = engine(later, keys)) {
      while (fired) {
        engine.connect(StoreFixture.KEY, "tracker", Map.of(), Secret.of("s3cret"));
        RelationalContract.seed(RelationalContract.on(later));
        final Map<String, List<String>> before = held(database, prefix);
        assertThat(before.get("secret")).hasSize(2);
        faults.failAt(++points);
        boolean failed = false;
        try {
          engine.disconnect(StoreFixture.KEY);
        } catch (StoreException e) {
          failed = true;
        }
        fired = faults.fired();
        faults.never();
        Map<String, List<String>> now = held(database, prefix);
        if (!failed) {
          assertThat(now).as("nobody was told of call " + points).isEmpty();
        } else if (now.containsKey("secret")) {
          // Its row says that it is leaving, so that nobody works on it: that comes before all.
          assertThat(withoutRow(now))
              .as("data went before secrets at call " + points)
              .isEqualTo(withoutRow(before));
        } else if (!now.isEmpty()) {
          assertThat(now.keySet()).as("half of the data").contains("connection", "artifact");
          between++;
        }
        restarted.disconnect(StoreFixture.KEY);
        assertThat(held(database, prefix)).as("after resuming from call " + points).isEmpty();
        later.outbox().unsubscribe("acme", "index");
      }
    }
    System.out.println(
        "disconnect on "
            + prefix
            + ": "
            + (points - 1)
            + " fault points, "
            + between
            + " with the secrets gone and the data still there");
    assertThat(between).isPositive();
    assertThat(points).isGreaterThan(40);
  }

  private static Map<String, List<String>> withoutRow(Map<String, List<String>> held) {
    Map<String, List<String>> rest = new TreeMap<>(held);
    assertThat(rest.remove("connection")).as("the connection's row").hasSize(1);
    return rest;
  }

  /** The tables that hold anything, but for the note to subscribers that a connection is gone. */
  private static Map<String, List<String>> held(DataSource database, String prefix)
      throws SQLException {
    Map<String, List<String>> all = new TreeMap<>(Rows.dump(database, prefix));
    all.remove("subscriber");
    all.values().removeIf(List::isEmpty);
    return all;
  }

  private static Corpusync engine(Store store, Path keys) {
    Connector tracker =
        new Connector() {
          @Override
          public Descriptor descriptor() {
            return Descriptor.of("tracker", "Tracker", "https://example.org")
                .auth(AuthScheme.bearer())
                .build();
          }

          @Override
          public List<Stream> streams() {
            return List.of();
          }
        };
    return Corpusync.builder(store)
        .connector(tracker)
        .time(new VirtualTime())
        .vault(KeyProvider.file(keys))
        .build();
  }
}
