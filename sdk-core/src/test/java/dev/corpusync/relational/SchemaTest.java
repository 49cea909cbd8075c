package dev.corpusync.relational;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.connection.Connection;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.connection.Settings;
import dev.corpusync.error.StoreException;
import dev.corpusync.store.Store;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the tables of a store are created, upgraded and checked, on SQLite. */
class SchemaTest {
  private static final ConnectionKey KEY = new ConnectionKey("acme", "main");
  @TempDir Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void name() {
    file = folder.resolve("corpus.db");
  }

  private static Connection connection() {
    return new Connection(KEY, "tracker", "g1", Settings.stored(Map.of("site", "é")));
  }

  private void execute(String script) throws SQLException {
    try (java.sql.Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      // not by executeUpdate of the whole: the driver would run the first statement only
      for (String part : script.replaceAll("(?m)^--.*$", "").split(";\\s*(\\n|$)")) {
        if (!part.isBlank()) {
          statement.execute(part);
        }
      }
    }
  }

  /** Everything that makes up the schema, whatever its layout. */
  private Set<String> objects() throws SQLException {
    Set<String> objects = new TreeSet<>();
    try (java.sql.Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT type, name, coalesce(sql, '') FROM sqlite_master")) {
      while (rows.next()) {
        objects.add(
            rows.getString(1)
                + " "
                + rows.getString(2)
                + " "
                + rows.getString(3).replaceAll("\\s+", " "));
      }
    }
    return objects;
  }

  @Test
  void a_new_file_gets_the_tables_and_keeps_what_is_stored() {
    try (Store store = RelationalStore.sqlite(file)) {
      store.connections().create(connection());
    }
    try (Store store = RelationalStore.sqlite(file, Schema.VALIDATE)) {
      assertThat(store.connections().find(KEY)).isPresent();
    }
  }

  @Test
  void opening_again_changes_no_table() throws SQLException {
    RelationalStore.sqlite(file).close();
    Set<String> before = objects();
    RelationalStore.sqlite(file).close();
    assertThat(objects()).isEqualTo(before).hasSizeGreaterThan(10);
  }

  @Test
  void the_script_that_is_run_by_hand_makes_the_same_tables() throws SQLException {
    execute(RelationalStore.sql(Database.SQLITE));
    final Set<String> byHand = objects();
    RelationalStore.sqlite(file, Schema.VALIDATE).close();
    file = folder.resolve("migrated.db");
    RelationalStore.sqlite(file).close();
    assertThat(objects()).isEqualTo(byHand);
  }

  @Test
  void an_empty_file_is_refused_where_the_tables_are_only_checked() {
    assertThatThrownBy(() -> RelationalStore.sqlite(file, Schema.VALIDATE))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("have version 0")
        .hasMessageContaining("Schema.MIGRATE");
  }

  @Test
  void tables_of_a_newer_version_are_refused_and_not_touched() throws SQLException {
    RelationalStore.sqlite(file).close();
    execute("INSERT INTO corpusync_migration (version) VALUES (99)");
    Set<String> before = objects();
    assertThatThrownBy(() -> RelationalStore.sqlite(file))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("have version 99")
        .hasMessageContaining("newer Corpusync");
    assertThat(objects()).isEqualTo(before);
  }

  @Test
  void a_script_from_a_version_that_never_was_is_refused() {
    for (int wrong : new int[] {-1, 1_000}) {
      assertThatThrownBy(() -> RelationalStore.sql(Database.SQLITE, wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("" + wrong);
    }
  }

  @Test
  void nothing_outside_the_own_prefix_is_touched() throws SQLException {
    execute("CREATE TABLE customer (id INTEGER); INSERT INTO customer VALUES (1)");
    RelationalStore.sqlite(file).close();
    assertThat(objects()).contains("table customer CREATE TABLE customer (id INTEGER)");
    assertThat(objects())
        .filteredOn(o -> !o.contains("customer") && !o.contains("sqlite_"))
        .allMatch(o -> o.split(" ")[1].startsWith("corpusync_"));
  }
}
