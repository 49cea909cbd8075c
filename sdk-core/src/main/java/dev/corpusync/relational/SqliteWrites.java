package dev.corpusync.relational;

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
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Sends at once: there is no way to wait for. Rows go in a JDBC batch of statements that take
 * {@value #TOGETHER} of them each, so that who owns them is bound once for all.
 */
final class SqliteWrites implements Writes {
  private static final int TOGETHER = 10;
  private static final int OWNER = 2;
  private final Texts texts;
  private final Statements statements;
  private final ConnectionKey key;
  private final Function<String, Named> named;

  /** The statements by table. */
  static final class Texts {
    private final Map<Table, String> groups = new EnumMap<>(Table.class);
    private final Map<Table, String> upserts = new EnumMap<>(Table.class);
    private final Map<Table, String> deletes = new EnumMap<>(Table.class);

    Texts(UnaryOperator<String> sql) {
      for (Table table : Table.values()) {
        upserts.put(table, sql.apply(upsert(table, 1)));
        groups.put(table, sql.apply(upsert(table, TOGETHER)));
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

    private static String upsert(Table table, int rows) {
      int width = table.columns().size();
      String values =
          IntStream.range(0, rows)
              .mapToObj(row -> "(?1, ?2" + marks(OWNER + 1 + row * width, width) + ")")
              .collect(Collectors.joining(", "));
      return table.insert() + "VALUES " + values + table.onConflict();
    }

    private static String marks(int first, int count) {
      return IntStream.range(first, first + count)
          .mapToObj(position -> ", ?" + position)
          .collect(Collectors.joining());
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
    int grouped = rows.size() - rows.size() % TOGETHER;
    batch(texts.groups.get(table), table.columns(), rows.subList(0, grouped), TOGETHER);
    batch(texts.upserts.get(table), table.columns(), rows.subList(grouped, rows.size()), 1);
  }

  @Override
  public void delete(Table table, List<Object[]> keys) throws SQLException {
    batch(texts.deletes.get(table), table.keys(), keys, 1);
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

  /** The number of rows is a multiple of those in one statement. */
  private void batch(
      @Nullable String sql, List<Table.Column> columns, List<Object[]> rows, int together)
      throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    PreparedStatement statement = statements.of(Objects.requireNonNull(sql));
    boolean done = false;
    try {
      for (int first = 0; first < rows.size(); first += together) {
        statement.setString(1, key.tenant());
        statement.setString(2, key.id());
        int position = OWNER;
        for (Object[] row : rows.subList(first, first + together)) {
          for (int i = 0; i < columns.size(); i++) {
            bind(statement, ++position, columns.get(i).type(), row[i]);
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
