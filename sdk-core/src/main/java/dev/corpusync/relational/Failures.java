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
  private static final int SQLITE_READONLY = 8;
  private static final int SQLITE_FULL = 13;
  private static final int SQLITE_CANTOPEN = 14;

  private Failures() {}

  static StoreException of(String what, Dialect dialect, Exception failure) {
    return new StoreException(message(what, "", dialect, failure), place(failure));
  }

  /** The host's data source gave no connection; a pool throws exceptions of its own. */
  static DataSourceException ofDataSource(String what, Dialect dialect, Exception failure) {
    String none =
        "the host's data source gave no connection, see whether its pool is exhausted or closed; ";
    return new DataSourceException(message(what, none, dialect, failure), place(failure));
  }

  private static String message(String what, String seen, Dialect dialect, Exception failure) {
    Optional<SQLException> found = find(failure);
    String state = found.map(SQLException::getSQLState).orElse("");
    int code = found.map(SQLException::getErrorCode).orElse(0);
    boolean unreachable =
        found
            .filter(
                e ->
                    e instanceof SQLTransientConnectionException
                        || e instanceof SQLNonTransientConnectionException)
            .isPresent();
    return "tried to "
        + what
        + " in the "
        + dialect.product()
        + " database: "
        + seen
        + advice(dialect, String.valueOf(state), code & 0xff, unreachable)
        + " (SQLState "
        + state
        + ", code "
        + code
        + ")";
  }

  private static SQLException place(Exception failure) {
    Optional<SQLException> found = find(failure);
    String state = found.map(SQLException::getSQLState).orElse("");
    int code = found.map(SQLException::getErrorCode).orElse(0);
    // drivers and jdbi put statements and values into their messages, so only the place is kept
    SQLException place =
        new SQLException(failure.getClass().getSimpleName() + ", message withheld", state, code);
    place.setStackTrace(failure.getStackTrace());
    return place;
  }

  /** Before the kind of database is known; codes of SQLite have no SQLState. */
  static StoreException ofOpening(SQLException failure) {
    boolean sqlite = failure.getSQLState() == null && failure.getErrorCode() != 0;
    return of(
        "open the store", (sqlite ? Database.SQLITE : Database.POSTGRESQL).dialect(), failure);
  }

  private static Optional<SQLException> find(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof SQLException e) {
        return Optional.of(e);
      }
    }
    return Optional.empty();
  }

  private static String advice(Dialect dialect, String state, int code, boolean unreachable) {
    return dialect.hasOneWriter() ? ofSqlite(code) : ofPostgres(state, unreachable);
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
      default -> "it answered with an error. See the SQLite result code";
    };
  }

  private static String ofPostgres(String state, boolean unreachable) {
    if (unreachable || state.startsWith("08") || state.startsWith("57P") || state.equals("53300")) {
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
      case "53100" -> "its disk is full. Make room and run again";
      case "40P01", "40001" -> "it stopped this transaction for another one. Run again";
      default -> "it answered with an error. See the log of the server at this time";
    };
  }
}
