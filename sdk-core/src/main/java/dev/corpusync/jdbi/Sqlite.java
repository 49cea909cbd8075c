package dev.corpusync.jdbi;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.document.Ref;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** SQLite 3.39 or newer. Lists travel as one JSON text, rows in a JDBC batch. */
final class Sqlite implements Dialect {
  private static final Pattern NAME = Pattern.compile("\\{(\\w+)}");
  private static final Pattern AT = Pattern.compile("#at\\{(\\w+)}");
  private static final Pattern GONE_FROM = Pattern.compile("#gone\\{(\\w+)}");
  private static final String MINE = " WHERE tenant = :tenant AND connection = :connection";
  private static final String SAME =
      " WHERE t.tenant = :tenant AND t.connection = :connection AND t.kind = r.kind AND t.id = r.id";
  private static final String GONE =
      "DELETE FROM {$1}" + MINE + " AND (kind, id) IN (SELECT kind, id FROM {work}" + MINE + ")";
  private final Map<Table, String> upserts = new EnumMap<>(Table.class);
  private final Map<Table, String> deletes = new EnumMap<>(Table.class);

  Sqlite() {
    for (Table table : Table.values()) {
      String marks = ", ?".repeat(table.columns().size());
      upserts.put(table, sql(table.insert() + "VALUES (?, ?" + marks + ")" + table.onConflict()));
      String keys =
          table.keys().stream().map(c -> " AND " + c.name() + " = ?").collect(Collectors.joining());
      deletes.put(
          table,
          sql("DELETE FROM {" + table.id() + "} WHERE tenant = ? AND connection = ?" + keys));
    }
  }

  @Override
  public String product() {
    return "SQLite";
  }

  @Override
  public String sql(String marked) {
    String lookups = AT.matcher(marked).replaceAll("FROM #refs CROSS JOIN {$1} t" + SAME);
    String all = GONE_FROM.matcher(lookups).replaceAll(GONE);
    return NAME.matcher(all)
        .replaceAll("corpusync_$1")
        .replace("#ids", "IN (SELECT value FROM json_each(:ids))")
        .replace(
            "#refs", "(SELECT value ->> 0 AS kind, value ->> 1 AS id FROM json_each(:refs)) AS r")
        .replace("#lock", "")
        .replace("#share", "");
  }

  @Override
  public String ddl(String marked) {
    return sql(marked.replace("{at}", "corpusync_"))
        .replace("$key", "TEXT")
        .replace("$body", "TEXT")
        .replace("$bytes", "BLOB")
        .replace("$small", " WITHOUT ROWID");
  }

  @Override
  public String findVersionTable() {
    return "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'corpusync_migration'";
  }

  @Override
  public void prepareMigration(Connection connection) {
    // the transaction holds the only write lock
  }

  @Override
  public String createPlace() {
    return "";
  }

  /**
   * By SQL and not by auto-commit: the driver would begin DEFERRED unless the host's data source
   * says otherwise, and a deferred transaction that turns into a writer fails at once when another
   * one was faster.
   */
  @Override
  public void begin(Connection connection, Isolation isolation) throws SQLException {
    Dialect.execute(connection, isolation == Isolation.WRITE ? "BEGIN IMMEDIATE" : "BEGIN");
  }

  @Override
  public void commit(Connection connection) throws SQLException {
    Dialect.execute(connection, "COMMIT");
  }

  @Override
  public void rollback(Connection connection) throws SQLException {
    Dialect.execute(connection, "ROLLBACK");
  }

  @Override
  public boolean hasOneWriter() {
    return true;
  }

  @Override
  public void bindTexts(PreparedStatement statement, int position, Collection<String> texts)
      throws SQLException {
    statement.setString(position, Encoding.texts(texts));
  }

  @Override
  public <S extends SqlStatement<S>> S bindRefs(S statement, Collection<Ref> refs) {
    return statement.bind("refs", Encoding.refs(refs));
  }

  @Override
  public void upsert(Connection connection, ConnectionKey key, Table table, List<Object[]> rows)
      throws SQLException {
    batch(connection, key, sqlOf(upserts, table), table.columns(), rows);
  }

  @Override
  public void delete(Connection connection, ConnectionKey key, Table table, List<Object[]> keys)
      throws SQLException {
    batch(connection, key, sqlOf(deletes, table), table.keys(), keys);
  }

  private static String sqlOf(Map<Table, String> statements, Table table) {
    return java.util.Objects.requireNonNull(statements.get(table));
  }

  private static void batch(
      Connection connection,
      ConnectionKey key,
      String sql,
      List<Table.Column> columns,
      List<Object[]> rows)
      throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (Object[] row : rows) {
        statement.setString(1, key.tenant());
        statement.setString(2, key.id());
        for (int i = 0; i < columns.size(); i++) {
          bind(statement, i + 3, columns.get(i).type(), row[i]);
        }
        statement.addBatch();
      }
      statement.executeBatch();
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
