package dev.corpusync.relational;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.document.Ref;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * The differences between the two databases. All other SQL is written once, with the placeholders
 * that {@link SqlTemplate} expands:
 *
 * <ul>
 *   <li><code>{name}</code>: one of our tables
 *   <li>{@code #ids}: "is one of the texts bound as ids"
 *   <li>{@code #refs}: the refs bound as refs, as a table r(kind, id)
 *   <li><code>#each{name}</code>: joined with the rows t of a table that have the kind and id of r
 *   <li><code>#at{name}</code>: "from the rows t of a table that have those refs, where"
 *   <li><code>#listed{name}</code>: the same with the refs in {work}
 *   <li><code>#work{name}</code>: "the row's ref is in {work}"
 *   <li><code>#below{x}</code>: joined with the artifacts t whose parent is x
 *   <li><code>#within{x}</code>: joined with the artifacts t in the container that x.partition_key
 *       names
 *   <li>{@code #lock}, {@code #share}: the row locks
 * </ul>
 */
interface Dialect {
  /** As {@link java.sql.DatabaseMetaData#getDatabaseProductName()} says it. */
  String product();

  /** Expands the placeholders. */
  String sql(String sql);

  /**
   * Expands the placeholders and the types of a schema script, {@code $pairs(column)}: the pairs in
   * a JSON text as rows, and {@code $second}: the second text of one.
   */
  String ddl(String script);

  /** Counts the tables of the schema's version: 0 or 1. */
  String findVersionTable();

  /**
   * Makes the place for the tables, and waits for other processes that migrate; within a
   * transaction.
   */
  void prepareMigration(Connection connection) throws SQLException;

  /** Printed before the tables. */
  String createPlace();

  /**
   * Has what is committed on this connection survive a power failure, until {@link #relax}; between
   * transactions.
   *
   * @return how it was before
   */
  String harden(Connection connection) throws SQLException;

  /**
   * @param before as {@link #harden} gave it
   */
  void relax(Connection connection, String before) throws SQLException;

  void begin(Connection connection, Isolation isolation) throws SQLException;

  void commit(Connection connection) throws SQLException;

  void rollback(Connection connection) throws SQLException;

  /**
   * Takes out of the files, as far as that is ours to do, what a committed transaction has deleted;
   * outside of a transaction.
   */
  void scrub(Connection connection) throws SQLException;

  /**
   * Whether this process should let one writer at a time through, as the database would refuse or
   * delay the others anyway.
   */
  boolean hasOneWriter();

  /** The file that this connection has open; empty where that is not ours to know. */
  Optional<OpenFile> file(Connection connection) throws SQLException;

  void bindTexts(PreparedStatement statement, int position, Collection<String> texts)
      throws SQLException;

  <S extends SqlStatement<S>> S bindRefs(S statement, Collection<Ref> refs);

  /** Returns what sends the changes of one commit, each with a constant number of round trips. */
  Writes writes(Handle handle, ConnectionKey key);

  /** What a transaction is for. */
  enum Isolation {
    /** Writes, and reads what others have committed before it got its lock. */
    WRITE,
    /** Reads one state with several statements. */
    SNAPSHOT
  }

  /** The first column of the one row. */
  static String ask(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
