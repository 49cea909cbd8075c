package dev.corpusync.jdbi;

import dev.corpusync.connection.ConnectionKey;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Sends at once: there is no way to wait for. Rows go in a JDBC batch. */
final class SqliteWrites implements Writes {
  private final Texts texts;
  private final Statements statements;
  private final ConnectionKey key;
  private final Function<String, Named> named;

  /** The statements by table. */
  static final class Texts {
    private final Map<Table, String> upserts = new EnumMap<>(Table.class);
    private final Map<Table, String> deletes = new EnumMap<>(Table.class);

    Texts(UnaryOperator<String> sql) {
      for (Table table : Table.values()) {
        String marks = ", ?".repeat(table.columns().size());
        upserts.put(
            table, sql.apply(table.insert() + "VALUES (?, ?" + marks + ")" + table.onConflict()));
        String keys =
            table.keys().stream()
                .map(c -> " AND " + c.name() + " = ?")
                .collect(Collectors.joining());
        deletes.put(
            table,
            sql.apply(
                "DELETE FROM {" + table.id() + "} WHERE tenant = ? AND connection = ?" + keys));
      }
    }
  }

  SqliteWrites(
      Texts texts, Statements statements, ConnectionKey key, Function<String, Named> named) {
    this.texts = texts;
    this.statements = statements;
    this.key = key;
    this.named = named;
  }

  @Override
  public void upsert(Table table, List<Object[]> rows) throws SQLException {
    batch(texts.upserts.get(table), table.columns(), rows);
  }

  @Override
  public void delete(Table table, List<Object[]> keys) throws SQLException {
    batch(texts.deletes.get(table), table.keys(), keys);
  }

  @Override
  public void run(String marked, Map<String, ?> values) throws SQLException {
    Named update = named.apply(marked);
    PreparedStatement statement = statements.of(update.sql());
    update.bind(statement, 1, Session.withOwner(key, values));
    statement.executeUpdate();
  }

  @Override
  public void send() {
    // all is sent
  }

  private void batch(@Nullable String sql, List<Table.Column> columns, List<Object[]> rows)
      throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    PreparedStatement statement = statements.of(Objects.requireNonNull(sql));
    boolean done = false;
    try {
      for (Object[] row : rows) {
        statement.setString(1, key.tenant());
        statement.setString(2, key.id());
        for (int i = 0; i < columns.size(); i++) {
          bind(statement, i + 3, columns.get(i).type(), row[i]);
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
