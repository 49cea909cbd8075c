package dev.corpusync.jdbi;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.document.Ref;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.SqlStatement;

/** PostgreSQL 12 or newer. Lists and rows travel as arrays, one for each column. */
final class Postgres implements Dialect {
  private static final Pattern NAME = Pattern.compile("\\{(\\w+)}");
  private static final Pattern AT = Pattern.compile("#at\\{(\\w+)}");
  private static final Pattern GONE_FROM = Pattern.compile("#gone\\{(\\w+)}");

  /** Any number that others are unlikely to lock. */
  private static final long MIGRATION_LOCK = 0x636f727075733031L;

  private static final String REFS =
      "(SELECT u.kind COLLATE \"C\" AS kind, u.id COLLATE \"C\" AS id FROM unnest(:kinds, :ids) AS u(kind, id)) AS r";

  /**
   * A look-up by key for each ref and never a scan: without statistics, which a table that has just
   * grown does not have, the planner would read all rows of a connection. {@code OFFSET 0} keeps it
   * from turning the join around.
   */
  private static final String EACH =
      " CROSS JOIN LATERAL (SELECT %s FROM %s WHERE tenant = :tenant AND connection = :connection AND kind = r.kind AND id = r.id OFFSET 0) t";

  private static final String LOOKUP = "FROM #refs" + EACH.formatted("*", "#table") + " WHERE TRUE";
  private static final String GONE =
      "DELETE FROM #table WHERE ctid = ANY (ARRAY (SELECT t.ctid FROM {work} r"
          + EACH.formatted("ctid", "#table")
          + " WHERE r.tenant = :tenant AND r.connection = :connection))";

  /**
   * Every question of ours is answered by an index. A plan that was cached while a table was empty
   * says otherwise, and stays.
   */
  private static final String BY_INDEX =
      "; SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off; SET LOCAL jit = off";

  private final Map<Table, String> upserts = new EnumMap<>(Table.class);
  private final Map<Table, String> deletes = new EnumMap<>(Table.class);

  Postgres() {
    for (Table table : Table.values()) {
      upserts.put(
          table,
          sql(
              table.insert()
                  + "SELECT ?, ?, u.* FROM "
                  + unnest(table.columns())
                  + table.onConflict()));
      String same =
          table.keys().stream()
              .map(c -> " AND x." + c.name() + " = u." + c.name())
              .collect(Collectors.joining());
      String rows =
          "SELECT t.ctid FROM %s CROSS JOIN LATERAL (SELECT ctid FROM {%s} x WHERE x.tenant = ? AND x.connection = ?%s OFFSET 0) t"
              .formatted(unnest(table.keys()), table.id(), same);
      deletes.put(
          table, sql("DELETE FROM {" + table.id() + "} WHERE ctid = ANY (ARRAY (" + rows + "))"));
    }
  }

  private static String unnest(List<Table.Column> columns) {
    String marks =
        columns.stream().map(c -> "CAST(? AS " + type(c) + "[])").collect(Collectors.joining(", "));
    return "unnest(" + marks + ") AS u(" + Table.names(columns) + ")";
  }

  private static String type(Table.Column column) {
    return switch (column.type()) {
      case TEXT -> "text";
      case NUMBER -> "int8";
      case BYTES -> "bytea";
    };
  }

  @Override
  public String product() {
    return "PostgreSQL";
  }

  @Override
  public String sql(String marked) {
    String lookups =
        AT.matcher(marked).replaceAll(m -> LOOKUP.replace("#table", "{" + m.group(1) + "}"));
    String all =
        GONE_FROM.matcher(lookups).replaceAll(m -> GONE.replace("#table", "{" + m.group(1) + "}"));
    return NAME.matcher(all)
        .replaceAll("corpusync.$1")
        .replace("#ids", "= ANY(:ids)")
        .replace("#refs", REFS)
        .replace("#lock", "FOR NO KEY UPDATE")
        .replace("#share", "FOR KEY SHARE");
  }

  @Override
  public String ddl(String marked) {
    // an index has no schema of its own in CREATE INDEX: it goes where its table is
    return sql(marked.replace("{at}", ""))
        .replace("$key", "TEXT COLLATE \"C\"")
        .replace("$body", "TEXT")
        .replace("$bytes", "BYTEA")
        .replace("$small", "");
  }

  @Override
  public String findVersionTable() {
    return "SELECT count(*) FROM pg_catalog.pg_tables WHERE schemaname = 'corpusync' AND tablename = 'migration'";
  }

  @Override
  public void prepareMigration(Connection connection) throws SQLException {
    Dialect.execute(connection, "SELECT pg_advisory_xact_lock(" + MIGRATION_LOCK + ")");
    Dialect.execute(
        connection,
        // CREATE SCHEMA IF NOT EXISTS asks for the right to create one even where an administrator
        // has already done so
        "DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = 'corpusync')"
            + " THEN CREATE SCHEMA corpusync; END IF; END $$");
  }

  @Override
  public String createPlace() {
    return "CREATE SCHEMA IF NOT EXISTS corpusync;\n\n";
  }

  /**
   * Whatever the host's default is: a writer must see what was committed while it waited for its
   * lock.
   */
  @Override
  public void begin(Connection connection, Isolation isolation) throws SQLException {
    connection.setAutoCommit(false);
    Dialect.execute(
        connection,
        (isolation == Isolation.WRITE
                ? "SET TRANSACTION ISOLATION LEVEL READ COMMITTED"
                : "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            + BY_INDEX);
  }

  @Override
  public void commit(Connection connection) throws SQLException {
    connection.commit();
    connection.setAutoCommit(true);
  }

  @Override
  public void rollback(Connection connection) throws SQLException {
    connection.rollback();
    connection.setAutoCommit(true);
  }

  @Override
  public boolean hasOneWriter() {
    return false;
  }

  @Override
  public void bindTexts(PreparedStatement statement, int position, Collection<String> texts)
      throws SQLException {
    statement.setArray(position, texts(statement.getConnection(), texts));
  }

  @Override
  public <S extends SqlStatement<S>> S bindRefs(S statement, Collection<Ref> refs) {
    List<String> kinds = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    for (Ref ref : refs) {
      kinds.add(ref.kind().name());
      ids.add(dev.corpusync.store.Storable.text(ref.id()));
    }
    return statement.bind("kinds", list(kinds)).bind("ids", list(ids));
  }

  private static Argument list(List<String> texts) {
    return (position, statement, context) ->
        statement.setArray(position, texts(statement.getConnection(), texts));
  }

  private static Array texts(Connection connection, Collection<String> texts) throws SQLException {
    return connection.createArrayOf("text", texts.toArray());
  }

  @Override
  public void upsert(Connection connection, ConnectionKey key, Table table, List<Object[]> rows)
      throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    try (PreparedStatement statement =
        connection.prepareStatement(Objects.requireNonNull(upserts.get(table)))) {
      statement.setString(1, key.tenant());
      statement.setString(2, key.id());
      bind(connection, statement, 3, table.columns(), rows);
      statement.executeUpdate();
    }
  }

  @Override
  public void delete(Connection connection, ConnectionKey key, Table table, List<Object[]> keys)
      throws SQLException {
    if (keys.isEmpty()) {
      return;
    }
    try (PreparedStatement statement =
        connection.prepareStatement(Objects.requireNonNull(deletes.get(table)))) {
      int next = bind(connection, statement, 1, table.keys(), keys);
      statement.setString(next, key.tenant());
      statement.setString(next + 1, key.id());
      statement.executeUpdate();
    }
  }

  private static int bind(
      Connection connection,
      PreparedStatement statement,
      int from,
      List<Table.Column> columns,
      List<Object[]> rows)
      throws SQLException {
    for (int i = 0; i < columns.size(); i++) {
      Object[] values =
          columns.get(i).type() == Table.Type.BYTES
              ? new byte[rows.size()][]
              : new Object[rows.size()];
      for (int row = 0; row < values.length; row++) {
        values[row] = rows.get(row)[i];
      }
      statement.setArray(from + i, connection.createArrayOf(type(columns.get(i)), values));
    }
    return from + columns.size();
  }
}
