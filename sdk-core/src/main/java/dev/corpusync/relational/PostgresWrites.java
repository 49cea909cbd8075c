package dev.corpusync.relational;

import dev.corpusync.connection.ConnectionKey;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Collects statements and sends them in one round trip. Rows travel as arrays, one for each column,
 * of the types that the driver sends in binary.
 */
final class PostgresWrites implements Writes {
  private final TableSql tables;
  private final Handle handle;
  private final ConnectionKey key;
  private final List<Pending> pending = new ArrayList<>();

  private record Pending(String sql, Binding binding) {}

  private interface Binding {
    /**
     * @return the position after the last
     */
    int bind(PreparedStatement statement, int from) throws SQLException;
  }

  /** The statements by table. */
  static final class TableSql {
    private final UnaryOperator<String> template;
    private final Map<Table, String> upserts = new EnumMap<>(Table.class);
    private final Map<Table, String> deletes = new EnumMap<>(Table.class);

    TableSql(UnaryOperator<String> template) {
      this.template = template;
      for (Table table : Table.ownedBy(Table.Owner.CONNECTION)) {
        String insert = "SELECT ?, ?, u.* FROM " + unnest(table.columns());
        upserts.put(table, template.apply(table.insert() + insert + table.onConflict()));
        String same =
            table.keys().stream()
                .map(c -> " AND x." + c.name() + " = u." + c.name())
                .collect(Collectors.joining());
        // tenant and connection first, as in the other statement
        String rows =
            "SELECT t.ctid FROM (SELECT CAST(? AS text) AS tenant, CAST(? AS text) AS connection) o CROSS JOIN %s"
                    .formatted(unnest(table.keys()))
                + " CROSS JOIN LATERAL (SELECT ctid FROM {%s} x WHERE x.tenant = o.tenant AND x.connection = o.connection%s OFFSET 0) t"
                    .formatted(table.id(), same);
        deletes.put(
            table,
            template.apply(
                "DELETE FROM {" + table.id() + "} WHERE ctid = ANY (ARRAY (" + rows + "))"));
      }
    }

    private static String unnest(List<Table.Column> columns) {
      String arrays =
          columns.stream()
              .map(c -> "CAST(? AS " + type(c) + "[])")
              .collect(Collectors.joining(", "));
      return "unnest(" + arrays + ") AS u(" + Table.names(columns) + ")";
    }
  }

  PostgresWrites(TableSql tables, Handle handle, ConnectionKey key) {
    this.tables = tables;
    this.handle = handle;
    this.key = key;
  }

  @Override
  public void upsert(Table table, List<Row> rows) {
    add(tables.upserts.get(table), table, table.columns(), rows);
  }

  @Override
  public void delete(Table table, List<Row> keys) {
    add(tables.deletes.get(table), table, table.keys(), keys);
  }

  @Override
  public void run(String sql, List<Object> values) {
    pending.add(
        new Pending(
            tables.template.apply(sql),
            (statement, from) -> {
              int position = from;
              for (Object value : values) {
                statement.setObject(position++, value);
              }
              return position;
            }));
  }

  @Override
  public void send() throws SQLException {
    if (pending.isEmpty()) {
      return;
    }
    String sql = pending.stream().map(Pending::sql).collect(Collectors.joining("; "));
    try (PageStatement prepared = PageStatement.prepare(handle, sql)) {
      PreparedStatement statement = prepared.jdbc();
      int next = 1;
      for (Pending each : pending) {
        next = each.binding.bind(statement, next);
      }
      pending.clear();
      statement.execute();
      while (statement.getUpdateCount() >= 0) {
        statement.getMoreResults();
      }
    }
  }

  private void add(@Nullable String sql, Table table, List<Table.Column> columns, List<Row> rows) {
    if (!rows.isEmpty()) {
      pending.add(
          new Pending(
              Objects.requireNonNull(sql),
              (statement, from) -> bind(statement, from, table, columns, rows)));
    }
  }

  private int bind(
      PreparedStatement statement,
      int from,
      Table table,
      List<Table.Column> columns,
      List<Row> rows)
      throws SQLException {
    statement.setString(from, key.tenant());
    statement.setString(from + 1, key.id());
    for (int i = 0; i < columns.size(); i++) {
      Table.Column column = columns.get(i);
      int position = table.position(column.name());
      @Nullable Object[] values =
          switch (column.type()) {
            case TEXT -> new String[rows.size()];
            case NUMBER -> new Long[rows.size()];
            case BYTES -> new byte[rows.size()][];
          };
      for (int row = 0; row < values.length; row++) {
        values[row] = rows.get(row).at(position);
      }
      statement.setArray(
          from + 2 + i, statement.getConnection().createArrayOf(type(column), values));
    }
    return from + 2 + columns.size();
  }

  private static String type(Table.Column column) {
    return switch (column.type()) {
      case TEXT -> "text";
      case NUMBER -> "int8";
      case BYTES -> "bytea";
    };
  }
}
