package dev.corpusync.relational;

import dev.corpusync.connection.ConnectionKey;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Sends at once, since there is no round trip to save. Rows go in a JDBC batch of statements that
 * take {@value #GROUP} of them each, so that tenant and connection are bound once for all.
 */
final class SqliteWrites implements Writes {
  private static final int GROUP = 10;

  /** Tenant and connection come before the columns. */
  private static final int FIRST_COLUMN = 3;

  private final TableSql tables;
  private final Handle handle;
  private final ConnectionKey key;

  /** The statements by table. */
  static final class TableSql {
    private final UnaryOperator<String> template;
    private final Map<Table, String> groups = new EnumMap<>(Table.class);
    private final Map<Table, String> upserts = new EnumMap<>(Table.class);
    private final Map<Table, String> deletes = new EnumMap<>(Table.class);

    TableSql(UnaryOperator<String> template) {
      this.template = template;
      for (Table table : Table.ownedBy(Table.Owner.CONNECTION)) {
        upserts.put(table, template.apply(upsert(table, 1)));
        groups.put(table, template.apply(upsert(table, GROUP)));
        String keys =
            table.keys().stream()
                .map(c -> " AND " + c.name() + " = ?")
                .collect(Collectors.joining());
        deletes.put(
            table,
            template.apply(
                "DELETE FROM {" + table.id() + "} WHERE tenant = ? AND connection = ?" + keys));
      }
    }

    private static String upsert(Table table, int rows) {
      int width = table.columns().size();
      String values =
          IntStream.range(0, rows)
              .mapToObj(row -> "(?1, ?2" + parameters(FIRST_COLUMN + row * width, width) + ")")
              .collect(Collectors.joining(", "));
      return table.insert() + "VALUES " + values + table.onConflict();
    }

    private static String parameters(int first, int count) {
      return IntStream.range(first, first + count)
          .mapToObj(position -> ", ?" + position)
          .collect(Collectors.joining());
    }
  }

  SqliteWrites(TableSql tables, Handle handle, ConnectionKey key) {
    this.tables = tables;
    this.handle = handle;
    this.key = key;
  }

  @Override
  public void upsert(Table table, List<Row> rows) throws SQLException {
    int grouped = rows.size() - rows.size() % GROUP;
    batch(tables.groups.get(table), table, table.columns(), rows.subList(0, grouped), GROUP);
    batch(tables.upserts.get(table), table, table.columns(), rows.subList(grouped, rows.size()), 1);
  }

  @Override
  public void delete(Table table, List<Row> keys) throws SQLException {
    batch(tables.deletes.get(table), table, table.keys(), keys, 1);
  }

  @Override
  public void run(String sql, List<Object> values) throws SQLException {
    try (PageStatement prepared = PageStatement.prepare(handle, tables.template.apply(sql))) {
      int position = 1;
      for (Object value : values) {
        prepared.jdbc().setObject(position++, value);
      }
      prepared.jdbc().executeUpdate();
    }
  }

  @Override
  public void send() {
    // all is sent
  }

  /**
   * @param group how many rows one statement takes; their number is a multiple of it
   */
  private void batch(
      @Nullable String sql, Table table, List<Table.Column> columns, List<Row> rows, int group)
      throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    int[] positions = columns.stream().mapToInt(c -> table.position(c.name())).toArray();
    try (PageStatement prepared = PageStatement.prepare(handle, Objects.requireNonNull(sql))) {
      PreparedStatement statement = prepared.jdbc();
      boolean done = false;
      try {
        for (int first = 0; first < rows.size(); first += group) {
          statement.setString(1, key.tenant());
          statement.setString(2, key.id());
          int parameter = FIRST_COLUMN;
          for (Row row : rows.subList(first, first + group)) {
            for (int i = 0; i < positions.length; i++) {
              bind(statement, parameter++, columns.get(i).type(), row.at(positions[i]));
            }
          }
          statement.addBatch();
        }
        statement.executeBatch();
        done = true;
      } finally {
        if (!done) {
          // the statement outlives the transaction, its rows must not
          statement.clearBatch();
        }
      }
    }
  }

  private static void bind(
      PreparedStatement statement, int position, Table.Type type, @Nullable Object value)
      throws SQLException {
    if (value == null) {
      statement.setNull(position, Types.NULL);
      return;
    }
    switch (type) {
      case TEXT -> statement.setString(position, (String) value);
      case NUMBER -> statement.setLong(position, (Long) value);
      case BYTES -> statement.setBytes(position, (byte[]) value);
    }
  }
}
