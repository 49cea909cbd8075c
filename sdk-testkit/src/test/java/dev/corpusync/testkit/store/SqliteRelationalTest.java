package dev.corpusync.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.error.StoreException;
import dev.corpusync.relational.Database;
import dev.corpusync.relational.RelationalStore;
import dev.corpusync.store.Store;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.sqlite.SQLiteDataSource;

final class SqliteRelationalTest extends RelationalContract {
  private int number;
  private boolean logged;

  @Override
  DataSource empty() {
    return wal(folder.resolve("db" + ++number));
  }

  static DataSource wal(Path file) {
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + file);
    source.setJournalMode("WAL");
    source.setSynchronous("OFF");
    // a node that waits for another one waits however busy the machine is
    source.setBusyTimeout(60_000);
    // a host makes its file once: only one of several connections can set the mode of a new one
    try (Connection first = source.getConnection()) {
      first.createStatement().execute("PRAGMA user_version = 0");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return source;
  }

  private static DataSource at(Path file, boolean readOnly) {
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + file);
    source.setReadOnly(readOnly);
    return source;
  }

  @Override
  protected byte[] raw(DataSource source) throws IOException {
    return files(source);
  }

  /** What is in a file and in what SQLite keeps beside it. */
  static byte[] files(DataSource source) throws IOException {
    Path file = Path.of(((SQLiteDataSource) source).getUrl().substring("jdbc:sqlite:".length()));
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (String suffix : List.of("", "-wal", "-journal")) {
      Path part = file.resolveSibling(file.getFileName() + suffix);
      if (Files.exists(part)) {
        all.write(Files.readAllBytes(part));
      }
    }
    return all.toByteArray();
  }

  @Override
  String prefix() {
    return "corpusync_";
  }

  @Override
  Database database() {
    return Database.SQLITE;
  }

  @Override
  List<String> rowVersions(DataSource database) throws SQLException {
    if (!logged) {
      logged = true;
      Rows.execute(database, "CREATE TABLE written (name TEXT)");
      for (String table : List.of("artifact", "document", "chunk", "dependency", "event")) {
        for (String change : List.of("INSERT", "UPDATE", "DELETE")) {
          Rows.execute(
              database,
              "CREATE TRIGGER "
                  + table
                  + change
                  + " AFTER "
                  + change
                  + " ON corpusync_"
                  + table
                  + " BEGIN INSERT INTO written VALUES ('"
                  + table
                  + "'); END");
        }
      }
    }
    return Rows.of(database, "SELECT * FROM written");
  }

  @Test
  void a_read_only_file_can_be_read_and_says_what_to_do_when_written() {
    Path file = folder.resolve("shared.db");
    RelationalStore.open(at(file, false)).close();
    Store store = RelationalStore.open(at(file, true));
    assertThat(store.connections().list("acme")).isEmpty();
    assertThatThrownBy(
            () -> store.connections().create(StoreFixture.connection(StoreFixture.KEY, "g1")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("read-only")
        .hasMessageContaining("writable");
  }

  @Test
  void a_file_in_a_folder_that_is_not_there_says_so() {
    assertThatThrownBy(() -> RelationalStore.sqlite(folder.resolve("absent").resolve("corpus.db")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("folder exists");
  }

  @Test
  void a_closed_store_says_so() {
    Store store = RelationalStore.sqlite(folder.resolve("corpus.db"));
    store.close();
    assertThatThrownBy(() -> store.connections().list("acme"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("closed");
  }
}
