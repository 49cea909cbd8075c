package dev.corpusync.relational;

import dev.corpusync.error.DataSourceException;
import dev.corpusync.error.StoreException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;

/** What a failure of a database means and what to do about it. */
final class Failures {
  private static final int SQLITE_BUSY = 5;
  private static final int SQLITE_NO_MEMORY = 7;
  private static final int SQLITE_READONLY = 8;
  private static final int SQLITE_IO = 10;
  private static final int SQLITE_CORRUPT = 11;
  private static final int SQLITE_FULL = 13;
  private static final int SQLITE_CANTOPEN = 14;
  private static final int SQLITE_NOT_A_DATABASE = 26;

  private Failures() {}

  static StoreException of(String what, Dialect dialect, Exception failure) {
    Place at = Place.of(failure);
    return new StoreException(
        message(what, dialect, advice(dialect, at), at), withoutContent(failure, at));
  }

  /** The host's data source gave no connection; a pool throws exceptions of its own. */
  static DataSourceException ofDataSource(String what, Dialect dialect, Exception failure) {
    Place at = Place.of(failure);
    return new DataSourceException(
        message(what, dialect, ofPool(dialect, at), at), withoutContent(failure, at));
  }

  /** Before the kind of database is known. */
  static DataSourceException ofOpening(Exception failure) {
    Place at = Place.of(failure);
    // codes of SQLite have no SQLState
    boolean sqlite = at.state().isEmpty() && at.code() != 0;
    return ofDataSource(
        "open the store", (sqlite ? Database.SQLITE : Database.POSTGRESQL).dialect(), failure);
  }

  /**
   * Where a failure happened, as its SQLException says.
   *
   * @param state the SQLState; "" where there is none
   * @param code of the vendor
   */
  private record Place(String state, int code, boolean unreachable) {
    static Place of(Throwable failure) {
      for (Throwable at = failure; at != null; at = at.getCause()) {
        if (at instanceof SQLException e) {
          return new Place(
              Optional.ofNullable(e.getSQLState()).orElse(""),
              e.getErrorCode(),
              e instanceof SQLTransientConnectionException
                  || e instanceof SQLNonTransientConnectionException);
        }
      }
      return new Place("", 0, false);
    }

    boolean saysNothing() {
      return state.isEmpty() && code == 0;
    }
  }

  private static String message(String what, Dialect dialect, String advice, Place at) {
    String said =
        at.saysNothing()
            ? ""
            : " (SQLState " + (at.state.isEmpty() ? "none" : at.state) + ", code " + at.code + ")";
    return "tried to " + what + " in the " + dialect.product() + " database: " + advice + said;
  }

  /** Drivers and jdbi put statements and values into their messages: only the place is kept. */
  private static SQLException withoutContent(Exception failure, Place at) {
    SQLException place =
        new SQLException(
            failure.getClass().getSimpleName() + ", message withheld", at.state(), at.code());
    place.setStackTrace(failure.getStackTrace());
    return place;
  }

  private static String ofPool(Dialect dialect, Place at) {
    String none = "the host's data source gave no connection";
    if (!at.saysNothing()) {
      return none + ": " + advice(dialect, at);
    }
    return at.unreachable()
        ? none
            + " in time. Either all of its pool are in use: give it more, or bound the runs at"
            + " once; or the database does not answer"
        : none
            + ", see whether its pool is exhausted or closed. It must stay open for longer than the"
            + " engine";
  }

  private static String advice(Dialect dialect, Place at) {
    return dialect.hasOneWriter()
        ? ofSqlite(at.code() & 0xff)
        : ofPostgres(at.state(), at.unreachable());
  }

  private static String ofSqlite(int code) {
    return switch (code) {
      case SQLITE_BUSY, SQLITE_BUSY + 1 ->
          "another process holds its lock. Try again, or raise busy_timeout of the data source";
      case SQLITE_READONLY ->
          "it is read-only. Make the file and its folder writable for this process";
      case SQLITE_FULL -> "the disk is full. Make room and run again";
      case SQLITE_CANTOPEN ->
          "the file cannot be opened. Check that its folder exists and that this process may read"
              + " and write it";
      case SQLITE_NO_MEMORY -> "there is not enough memory. Give the process more";
      case SQLITE_IO ->
          "the file could not be read or written. Check the disk, its quota, and that nothing has"
              + " removed the file";
      case SQLITE_CORRUPT, SQLITE_NOT_A_DATABASE ->
          "the file is damaged. Restore it from a backup, or begin with an empty one";
      default -> "it answered with an error. See the SQLite result code";
    };
  }

  private static String ofPostgres(String state, boolean unreachable) {
    if (state.equals("53300")) {
      return "it has no connection left. Raise its max_connections, or give the pool fewer";
    }
    if (unreachable || state.startsWith("08") || state.startsWith("57P")) {
      return "it cannot be reached. Check that it runs, accepts connections, and is where the data"
          + " source points to";
    }
    if (state.startsWith("28")) {
      return "it refused the credentials of the data source. Correct them";
    }
    return switch (state) {
      case "25006" -> "it is read-only. Point the data source to the primary";
      case "42501" -> "a right is missing. Grant the role all rights on the schema corpusync";
      case "42P01", "3F000" ->
          "tables are missing. Open the store with Schema.MIGRATE, or run what RelationalStore.sql"
              + " prints";
      case "57014" ->
          "it stopped a statement, most often one that took longer than statement_timeout. Raise"
              + " statement_timeout of the role or the data source, and see what it waited for";
      case "55P03" ->
          "it waited for a lock longer than lock_timeout. Raise that, and see who holds the lock";
      case "25P03", "25P04" ->
          "it ended a transaction that took longer than its timeout. Raise"
              + " idle_in_transaction_session_timeout or transaction_timeout";
      case "53200" -> "it is out of memory. Give it more, or use fewer connections";
      case "58030" -> "it could not read or write its files. Check its disk";
      case "53100" -> "its disk is full. Make room and run again";
      case "40P01", "40001" -> "it stopped this transaction for another one. Run again";
      default -> "it answered with an error. See the log of the server at this time";
    };
  }
}
