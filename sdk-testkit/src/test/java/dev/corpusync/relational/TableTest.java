package dev.corpusync.relational;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.testkit.store.Postgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/** Compares the list of tables in the code with the schema of both databases. */
final class TableTest {
  /** A table as the database describes it: all columns, and those of the key in their order. */
  private record Described(Set<String> columns, List<String> key) {}

  @TempDir Path folder;

  @Test
  void the_tables_of_the_code_are_those_of_sqlite() throws SQLException {
    SQLiteDataSource database = new SQLiteDataSource();
    database.setUrl("jdbc:sqlite:" + folder.resolve("schema.db"));
    RelationalStore.open(database).close();
    assertThat(schema(database, null, "corpusync_")).isEqualTo(declared());
  }

  @Test
  void the_tables_of_the_code_are_those_of_postgresql() throws SQLException {
    DataSource database = Postgres.emptyDatabase();
    RelationalStore.open(database).close();
    assertThat(schema(database, "corpusync", "")).isEqualTo(declared());
  }

  private static Map<String, Described> declared() {
    Map<String, Described> tables = new TreeMap<>();
    for (Table table : Table.values()) {
      List<String> owner =
          table.owner().hasConnection() ? List.of("tenant", "connection") : List.of();
      tables.put(
          table.id(),
          new Described(new TreeSet<>(with(owner, table.columns())), with(owner, table.keys())));
    }
    return tables;
  }

  private static List<String> with(List<String> owner, List<Table.Column> columns) {
    return Stream.concat(owner.stream(), columns.stream().map(Table.Column::name)).toList();
  }

  private static Map<String, Described> schema(DataSource database, String schema, String prefix)
      throws SQLException {
    Map<String, Described> tables = new TreeMap<>();
    try (Connection connection = database.getConnection()) {
      for (String table : names(connection, schema)) {
        tables.put(
            table.substring(prefix.length()),
            new Described(columns(connection, schema, table), key(connection, schema, table)));
      }
    }
    return tables;
  }

  private static List<String> names(Connection connection, String schema) throws SQLException {
    List<String> names = new ArrayList<>();
    try (ResultSet rows =
        connection.getMetaData().getTables(null, schema, "%", new String[] {"TABLE"})) {
      while (rows.next()) {
        names.add(rows.getString("TABLE_NAME"));
      }
    }
    return names;
  }

  private static Set<String> columns(Connection connection, String schema, String table)
      throws SQLException {
    Set<String> columns = new TreeSet<>();
    try (ResultSet rows = connection.getMetaData().getColumns(null, schema, table, "%")) {
      while (rows.next()) {
        columns.add(rows.getString("COLUMN_NAME"));
      }
    }
    return columns;
  }

  private static List<String> key(Connection connection, String schema, String table)
      throws SQLException {
    Map<Integer, String> columns = new TreeMap<>();
    try (ResultSet rows = connection.getMetaData().getPrimaryKeys(null, schema, table)) {
      while (rows.next()) {
        columns.put(rows.getInt("KEY_SEQ"), rows.getString("COLUMN_NAME"));
      }
    }
    return List.copyOf(columns.values());
  }

  @Test
  void a_table_that_names_a_connection_is_erased_with_it() {
    assertThat(
            Arrays.stream(Table.values())
                .filter(table -> table.owner() == Table.Owner.STORE)
                .flatMap(table -> table.columns().stream())
                .map(Table.Column::name))
        .doesNotContain("tenant", "connection");
    // SqlConnections handles these two by itself
    assertThat(Table.ownedBy(Table.Owner.TENANT))
        .containsExactly(Table.CONNECTION, Table.SUBSCRIBER);
    // SqlSecrets handles these two
    assertThat(Table.ownedBy(Table.Owner.VAULT)).containsExactly(Table.SECRET, Table.CLAIM);
  }

  @Test
  void a_table_that_names_a_record_is_part_of_the_cascade() {
    for (Table table : Table.values()) {
      Set<String> columns = new TreeSet<>(with(List.of(), table.columns()));
      if (columns.contains("partition_key")) {
        assertThat(table.links()).as(table.id()).contains(Table.Link.PARTITION);
      }
      // events, and what was not delivered of them, tell of what was deleted; work holds what is
      // being deleted
      if (columns.containsAll(Set.of("kind", "id"))
          && !Set.of(Table.EVENT, Table.UNDELIVERED, Table.WORK).contains(table)) {
        assertThat(table.links()).as(table.id()).contains(Table.Link.RECORD);
      }
      if (columns.containsAll(Set.of("stream", "id"))) {
        assertThat(table.links()).as(table.id()).contains(Table.Link.STREAM_ID);
      }
      if (columns.contains("owner") && table.owner() == Table.Owner.CONNECTION) {
        assertThat(table.links()).as(table.id()).contains(Table.Link.OWNER);
      }
    }
  }
}
