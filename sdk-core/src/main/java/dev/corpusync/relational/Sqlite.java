package dev.corpusync.relational;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.document.Ref;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** SQLite 3.39 or newer. Lists travel as one JSON text, rows in a JDBC batch. */
final class Sqlite implements Dialect {
  /** A value of PRAGMA synchronous; EXTRA is above it. */
  private static final int FULL = 2;

  private static final String MINE = "tenant = :tenant AND connection = :connection";
  private static final String EACH =
      "CROSS JOIN {$1} t WHERE t.tenant = :tenant AND t.connection = :connection AND t.kind = r.kind AND t.id = r.id";

  private static final SqlTemplate TEMPLATE =
      new SqlTemplate(
          Map.of(
              "ids",
              "IN (SELECT value FROM json_each(:ids))",
              "refs",
              "(SELECT substr(value, 1, instr(value, ':') - 1) AS kind, substr(value, instr(value, ':') + 1) AS id FROM json_each(:refs)) AS r",
              "at",
              "FROM #refs #each{$1}",
              "each",
              EACH,
              "listed",
              "FROM {work} r #each{$1} AND r.tenant = :tenant AND r.connection = :connection",
              "work",
              MINE + " AND (kind, id) IN (SELECT kind, id FROM {work} WHERE " + MINE + ")",
              "below",
              "CROSS JOIN {artifact} t ON t.parent = $1.kind || ':' || $1.id AND t.parent <> ''"
                  + " AND t.tenant = :tenant AND t.connection = :connection",
              "within",
              "CROSS JOIN {artifact} t ON t.parent = $1.partition_key AND t.parent <> ''"
                  + " AND t.tenant = :tenant AND t.connection = :connection",
              "lock",
              "",
              "share",
              ""),
          "corpusync_");

  private final SqliteWrites.TableSql tables = new SqliteWrites.TableSql(this::sql);

  @Override
  public String product() {
    return "SQLite";
  }

  @Override
  public String sql(String sql) {
    return TEMPLATE.expand(sql);
  }

  @Override
  public String ddl(String script) {
    return sql(script.replace("{at}", "corpusync_"))
        .replace("$key", "TEXT")
        .replace("$body", "TEXT")
        .replace("$bytes", "BLOB")
        .replace("$small", " WITHOUT ROWID")
        .replaceAll("\\$pairs\\(([\\w.]+)\\)", "json_each($1) AS pair")
        .replace("$second", "json_extract(pair.value, '$[1]')");
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

  /** In WAL mode the usual NORMAL syncs at checkpoints only. */
  @Override
  public String harden(Connection connection) throws SQLException {
    String before = Dialect.ask(connection, "PRAGMA synchronous");
    Dialect.execute(connection, "PRAGMA synchronous = " + Math.max(FULL, Integer.parseInt(before)));
    return before;
  }

  @Override
  public void relax(Connection connection, String before) throws SQLException {
    Dialect.execute(connection, "PRAGMA synchronous = " + before);
  }

  /**
   * By SQL and not by auto-commit: the driver would begin DEFERRED unless the host's data source
   * says otherwise, and a deferred transaction that turns into a writer fails at once when another
   * one was faster.
   */
  @Override
  public void begin(Connection connection, Isolation isolation) throws SQLException {
    if (isolation == Isolation.WRITE) {
      // or what is deleted or replaced stays in the file until something is written over it
      Dialect.execute(connection, "PRAGMA secure_delete = ON");
    }
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

  /** The write-ahead log holds old pages; a reader that will not end keeps them there. */
  @Override
  public void scrub(Connection connection) throws SQLException {
    Dialect.execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
  }

  @Override
  public boolean hasOneWriter() {
    return true;
  }

  @Override
  public Optional<OpenFile> file(Connection connection) throws SQLException {
    return OpenFile.of(
        Dialect.ask(
            connection,
            "SELECT coalesce(max(file), '') FROM pragma_database_list WHERE name = 'main'"));
  }

  @Override
  public void bindTexts(PreparedStatement statement, int position, Collection<String> texts)
      throws SQLException {
    statement.setString(position, Encoding.texts(texts));
  }

  @Override
  public <S extends SqlStatement<S>> S bindRefs(S statement, Collection<Ref> refs) {
    return statement.bind("refs", Encoding.texts(refs.stream().map(Ref::toString).toList()));
  }

  @Override
  public Writes writes(Handle handle, ConnectionKey key) {
    return new SqliteWrites(tables, handle, key);
  }
}
