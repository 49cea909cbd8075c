package dev.corpusync.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.error.DataSourceException;
import dev.corpusync.error.StoreException;
import dev.corpusync.relational.RelationalStore;
import dev.corpusync.store.Store;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

class SqliteOpeningTest {
  @TempDir Path folder;

  /** One of them makes it; about one attempt in two hundred used to be told that it is locked. */
  @Test
  void several_may_open_a_file_that_is_not_there_yet() throws Exception {
    for (int i = 0; i < 60; i++) {
      Path file = folder.resolve("new" + i + ".db");
      List<Boolean> opened =
          ParallelWork.run(
              8,
              () -> {
                try (Store store = RelationalStore.sqlite(file)) {
                  return store.connections().list("acme").isEmpty();
                }
              });
      assertThat(opened).containsOnly(true).hasSize(8);
    }
  }

  /**
   * Until it was looked at, a sync into a file that is gone said SUCCEEDED for as long as it ran.
   */
  @Test
  void a_file_that_is_deleted_or_replaced_while_it_is_open_is_not_written_to() throws Exception {
    for (boolean replaced : new boolean[] {false, true}) {
      for (boolean pooled : new boolean[] {false, true}) {
        Path file = folder.resolve("gone-" + replaced + pooled + ".db");
        try (Store store =
            pooled
                ? RelationalStore.open(SqliteRelationalTest.wal(file))
                : RelationalStore.sqlite(file)) {
          assertThat(store.connections().list("acme")).isEmpty();
          Files.move(file, folder.resolve("moved-" + replaced + pooled + ".db"));
          if (replaced) {
            RelationalStore.sqlite(folder.resolve("other.db")).close();
            Files.copy(folder.resolve("other.db"), file);
          }
          for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> store.connections().list("acme"))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("deleted, moved or replaced")
                .hasMessageContaining("start again");
          }
        }
      }
    }
  }

  @Test
  void a_store_in_memory_has_no_file_to_look_for() throws Exception {
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:file:opening?mode=memory&cache=shared");
    try (Connection open = source.getConnection();
        Store store = RelationalStore.open(source)) {
      assertThat(open.isClosed()).isFalse();
      assertThat(store.connections().list("acme")).isEmpty();
    }
  }

  @Test
  void a_data_source_that_gives_no_connection_while_the_store_opens_is_named_as_the_hosts() {
    for (Exception refusal :
        List.of(
            new SQLTransientConnectionException("no connection within 30 s, s3cret"),
            new SQLException("s3cret"),
            new IllegalStateException("the pool is closed, s3cret"))) {
      DataSource pool =
          (DataSource)
              Proxy.newProxyInstance(
                  DataSource.class.getClassLoader(),
                  new Class<?>[] {DataSource.class},
                  (proxy, method, arguments) -> {
                    throw refusal;
                  });
      assertThatThrownBy(() -> RelationalStore.open(pool))
          .isInstanceOf(DataSourceException.class)
          .hasMessageContaining("open the store")
          .hasMessageContaining("data source gave no connection")
          .hasMessageContaining(
              refusal instanceof SQLTransientConnectionException ? "in time" : "closed")
          .hasMessageNotContaining("s3cret")
          .hasMessageNotContaining("SQLState");
    }
  }
}
