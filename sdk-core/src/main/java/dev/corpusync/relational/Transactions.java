package dev.corpusync.relational;

import dev.corpusync.error.StoreException;
import dev.corpusync.store.Storable;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.statement.ColonPrefixSqlParser;
import org.jdbi.v3.core.statement.SqlParser;
import org.jdbi.v3.core.statement.SqlStatements;

/**
 * Runs work on one connection; a thread never holds two, so that a pool of one is enough. Turns
 * every failure into a {@link StoreException}.
 */
final class Transactions {
  // One for all stores of a process, since it remembers what it has parsed.
  private static final SqlParser PARSER = new ColonPrefixSqlParser();
  private final Jdbi jdbi;
  private final Dialect dialect;
  private final ReentrantLock writer = new ReentrantLock(true);
  private volatile Optional<OpenFile> file = Optional.empty();

  /** Work that may use plain JDBC. */
  interface Work<T> {
    T on(Handle handle) throws SQLException;
  }

  /** Texts to be bound as one value. */
  record Texts(Collection<String> values) {}

  Transactions(Jdbi jdbi, Dialect dialect) {
    this.jdbi = jdbi;
    this.dialect = dialect;
    jdbi.setSqlParser(PARSER);
    jdbi.getConfig(SqlStatements.class).setTemplateEngine((sql, context) -> dialect.sql(sql));
    jdbi.registerArgument(new StorableText());
    jdbi.registerArgument(new Micros());
    jdbi.registerArgument(new TextList(dialect));
  }

  Dialect dialect() {
    return dialect;
  }

  /** Refuses all further work when the file that is open now is deleted or replaced. */
  void watchFile() {
    file = guarded("find its file", handle -> dialect.file(handle.getConnection()));
  }

  /**
   * All or nothing.
   *
   * @param what for the message of a failure: "commit a page"
   */
  <T> T write(String what, Work<T> work) {
    return alone(() -> run(what, work, Dialect.Isolation.WRITE));
  }

  /**
   * A write that a power failure does not take back once this has returned. Other writes may be
   * lost then, newest first: what they hold can be read again from where it came.
   */
  <T> T durable(String what, Work<T> work) {
    return alone(
        () ->
            guarded(
                what,
                handle -> {
                  Connection connection = handle.getConnection();
                  String before = dialect.harden(connection);
                  try {
                    return within(handle, work, Dialect.Isolation.WRITE);
                  } finally {
                    if (!connection.isClosed()) {
                      dialect.relax(connection, before);
                    }
                  }
                }));
  }

  private <T> T alone(Supplier<T> write) {
    if (!dialect.hasOneWriter()) {
      return write.get();
    }
    // taken before a connection is, so that a reader on a pool of one is never waited for by the
    // thread that it waits for
    writer.lock();
    try {
      return write.get();
    } finally {
      writer.unlock();
    }
  }

  /** Reads one state, with one statement or several. */
  <T> T read(String what, Work<T> work) {
    return run(what, work, Dialect.Isolation.SNAPSHOT);
  }

  /** A write after which nothing of what it deleted is left in the database's files. */
  <T> T erase(String what, Work<T> work) {
    T result = write(what, work);
    guarded(
        what,
        handle -> {
          dialect.scrub(handle.getConnection());
          return result;
        });
    return result;
  }

  private <T> T run(String what, Work<T> work, Dialect.Isolation isolation) {
    return guarded(what, handle -> within(handle, work, isolation));
  }

  private <T> T within(Handle handle, Work<T> work, Dialect.Isolation isolation)
      throws SQLException {
    Connection connection = handle.getConnection();
    boolean done = false;
    try {
      dialect.begin(connection, isolation);
      T result = work.on(handle);
      dialect.commit(connection);
      done = true;
      return result;
    } finally {
      if (!done) {
        abandon(connection);
      }
    }
  }

  /** Fails where the host's data source gives no connection: an exhausted or closed pool, say. */
  private Handle open(String what) {
    file.ifPresent(f -> f.check(what));
    try {
      return jdbi.open();
    } catch (RuntimeException e) {
      throw Failures.ofDataSource(what, dialect, e);
    }
  }

  private <T> T guarded(String what, Work<T> work) {
    try (Handle handle = open(what)) {
      Connection connection = handle.getConnection();
      boolean automatic = connection.getAutoCommit();
      if (!automatic) {
        connection.setAutoCommit(true);
      }
      try {
        return work.on(handle);
      } finally {
        if (!automatic && !connection.isClosed()) {
          connection.setAutoCommit(false);
        }
      }
    } catch (JdbiException | SQLException e) {
      throw Failures.of(what, dialect, e);
    }
  }

  /**
   * A connection that cannot be rolled back is closed, lest the next user continue its transaction.
   */
  private void abandon(Connection connection) {
    try {
      dialect.rollback(connection);
    } catch (SQLException rollback) {
      try {
        connection.close();
      } catch (SQLException close) {
        // the failure that led here is on its way to the caller and says more
      }
    }
  }

  private static final class StorableText extends AbstractArgumentFactory<String> {
    StorableText() {
      super(Types.VARCHAR);
    }

    @Override
    protected Argument build(String value, ConfigRegistry config) {
      return (position, statement, context) -> statement.setString(position, Storable.text(value));
    }
  }

  private static final class Micros extends AbstractArgumentFactory<Instant> {
    Micros() {
      super(Types.BIGINT);
    }

    @Override
    protected Argument build(Instant value, ConfigRegistry config) {
      return (position, statement, context) -> statement.setLong(position, Encoding.micros(value));
    }
  }

  private static final class TextList extends AbstractArgumentFactory<Texts> {
    private final Dialect dialect;

    TextList(Dialect dialect) {
      super(Types.ARRAY);
      this.dialect = dialect;
    }

    @Override
    protected Argument build(Texts texts, ConfigRegistry config) {
      return (position, statement, context) ->
          dialect.bindTexts(
              statement, position, texts.values().stream().map(Storable::text).toList());
    }
  }
}
