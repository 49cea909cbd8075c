package dev.corpusync.relational;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.document.Ref;
import dev.corpusync.store.Storable;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.SqlStatement;

/** PostgreSQL 12 or newer. Lists and rows travel as arrays, one for each column. */
final class Postgres implements Dialect {

  /** Any number that others are unlikely to lock. */
  private static final long MIGRATION_LOCK = 0x636f727075733031L;

  /**
   * A look-up by key for each row r and never a scan: without statistics, which a table that has
   * just grown does not have, the planner would read all rows of a connection. {@code OFFSET 0}
   * keeps it from turning the join around.
   */
  private static final String EACH =
      " CROSS JOIN LATERAL (SELECT %s FROM {$1} WHERE tenant = :tenant AND connection = :connection"
          + " AND kind = r.kind AND id = r.id OFFSET 0) t";

  private static final String ASYNCHRONOUS = "off";

  private static final String IN_WORK =
      "FROM {work} r%s WHERE r.tenant = :tenant AND r.connection = :connection";

  private static final SqlTemplate TEMPLATE =
      new SqlTemplate(
          Map.of(
              "ids",
              "= ANY(:ids)",
              "refs",
              "(SELECT u.kind COLLATE \"C\" AS kind, u.id COLLATE \"C\" AS id FROM unnest(:kinds,"
                  + " :ids) AS u(kind, id)) AS r",
              "at",
              "FROM #refs #each{$1}",
              "each",
              EACH.formatted("*") + " WHERE TRUE",
              "listed",
              IN_WORK.formatted(EACH.formatted("*")),
              "work",
              "ctid = ANY (ARRAY (SELECT t.ctid "
                  + IN_WORK.formatted(EACH.formatted("ctid"))
                  + "))",
              "below",
              "CROSS JOIN LATERAL (SELECT * FROM {artifact} WHERE parent = $1.kind || ':' || $1.id"
                  + " AND parent <> '' AND tenant = :tenant AND connection = :connection OFFSET 0)"
                  + " t",
              "within",
              "CROSS JOIN LATERAL (SELECT * FROM {artifact} WHERE parent = $1.partition_key"
                  + " AND parent <> '' AND tenant = :tenant AND connection = :connection OFFSET 0)"
                  + " t",
              "lock",
              "FOR NO KEY UPDATE",
              "share",
              "FOR KEY SHARE"),
          "corpusync.");

  /**
   * An index answers every query of this store. A plan that was cached while a table was empty says
   * otherwise, and stays.
   */
  private static final String BY_INDEX =
      "; SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off; SET LOCAL"
          + " enable_mergejoin = off; SET LOCAL jit = off";

  private final PostgresWrites.TableSql tables = new PostgresWrites.TableSql(this::sql);

  @Override
  public String product() {
    return "PostgreSQL";
  }

  @Override
  public String sql(String sql) {
    return TEMPLATE.expand(sql);
  }

  @Override
  public String ddl(String script) {
    // an index has no schema of its own in CREATE INDEX: it goes where its table is
    return sql(script.replace("{at}", ""))
        .replace("$key", "TEXT COLLATE \"C\"")
        .replace("$body", "TEXT")
        .replace("$bytes", "BYTEA")
        .replace("$small", "")
        .replaceAll(
            "\\$pairs\\(([\\w.]+)\\)", "json_array_elements(CAST($1 AS json)) AS pair(value)")
        .replace("$second", "(pair.value ->> 1)");
  }

  @Override
  public String findVersionTable() {
    return "SELECT count(*) FROM pg_catalog.pg_tables WHERE schemaname = 'corpusync' AND tablename"
        + " = 'migration'";
  }

  @Override
  public void prepareMigration(Connection connection) throws SQLException {
    Dialect.execute(connection, "SELECT pg_advisory_xact_lock(" + MIGRATION_LOCK + ")");
    Dialect.execute(
        connection,
        // CREATE SCHEMA IF NOT EXISTS asks for the right to create one even where an administrator
        // has already done so
        "DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname ="
            + " 'corpusync') THEN CREATE SCHEMA corpusync; END IF; END $$");
  }

  @Override
  public String createPlace() {
    return "CREATE SCHEMA IF NOT EXISTS corpusync;\n\n";
  }

  /** The host may have chosen to lose its newest commits rather than to wait for the disk. */
  @Override
  public String harden(Connection connection) throws SQLException {
    String before = Dialect.ask(connection, "SHOW synchronous_commit");
    if (before.equals(ASYNCHRONOUS)) {
      Dialect.execute(connection, "SET synchronous_commit = on");
    }
    return before;
  }

  @Override
  public void relax(Connection connection, String before) throws SQLException {
    if (before.equals(ASYNCHRONOUS)) {
      Dialect.execute(connection, "SET synchronous_commit = off");
    }
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
  public void scrub(Connection connection) {
    // no query finds it any more; the files are the server's, whose VACUUM clears them
  }

  @Override
  public boolean hasOneWriter() {
    return false;
  }

  /** The server's own, which it watches over. */
  @Override
  public Optional<OpenFile> file(Connection connection) {
    return Optional.empty();
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
      ids.add(Storable.text(ref.id()));
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
  public Writes writes(Handle handle, ConnectionKey key) {
    return new PostgresWrites(tables, handle, key);
  }
}
