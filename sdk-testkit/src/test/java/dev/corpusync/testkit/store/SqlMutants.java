package dev.corpusync.testkit.store;

import dev.corpusync.testkit.mutant.KillMatrix;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/** Stores in a database that are wrong by one statement, or by what they do to a connection. */
final class SqlMutants {
  private final List<KillMatrix.Entry<Supplier<UnaryOperator<DataSource>>>> all = new ArrayList<>();

  private SqlMutants() {}

  /** Each is made anew for each test, and mostly for each store that a test opens. */
  static List<KillMatrix.Entry<Supplier<UnaryOperator<DataSource>>>> all() {
    SqlMutants m = new SqlMutants();
    m.queued("STO-02b", "commits in the middle", SqlMutants::commitsInTheMiddle);
    m.add("STO-17a", "keeps one connection for ever", SqlMutants::keepsOne);
    m.replaces(
        "STO-18a",
        "creates its tables each time",
        "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'corpusync_migration'",
        "SELECT 0");
    m.all.add(
        KillMatrix.Entry.of(
            "does not wait for a node that migrates",
            "STO-18b",
            () -> {
              Rendezvous two = new Rendezvous(2);
              Thread first = Thread.currentThread();
              return source -> doesNotWait(first, two).around(source);
            }));
    m.queued("STO-18c", "commits each step of a migration", SqlMutants::migratesInSteps);
    m.replaces(
        "STO-18d",
        "does not see a version that it does not know",
        "FROM corpusync_migration",
        "FROM corpusync_migration WHERE version < 50");
    m.add(
        "STO-19a",
        "never gives a connection back",
        () ->
            new AlteredDataSource(sql -> sql)
                .on("Connection.close", (c, method, arguments) -> null));
    m.add("STO-19a", "opens a second connection within a call", SqlMutants::opensASecond);
    m.sql("STO-21b", "does not overwrite what it deletes", sql -> sql.contains("secure_delete"));
    m.sql("STO-21b", "leaves erased pages in the log", sql -> sql.contains("wal_checkpoint"));
    m.replaces(
        "STO-21b",
        "forgets one table when it erases",
        "DELETE FROM corpusync_failure WHERE tenant = ? AND connection = ?",
        "DELETE FROM corpusync_failure WHERE tenant = ? AND connection = ? AND 1 = 0");
    m.add(
        "STO-25a",
        "leaves auto-commit on",
        () ->
            new AlteredDataSource(sql -> sql)
                .on(
                    "Connection.setAutoCommit",
                    (c, method, arguments) ->
                        (Boolean) arguments[0]
                            ? AlteredDataSource.proceed(c, method, arguments)
                            : null));
    return m.all;
  }

  private void add(String foundBy, String name, Supplier<AlteredDataSource> altered) {
    all.add(KillMatrix.Entry.of(name, foundBy, () -> source -> altered.get().around(source)));
  }

  /** One connection at a time, so that what it leaves half done is met by nobody who is at work. */
  private void queued(String foundBy, String name, Supplier<AlteredDataSource> altered) {
    all.add(
        KillMatrix.Entry.of(
            name,
            foundBy,
            () -> {
              ReentrantLock queue = new ReentrantLock();
              return source -> queueing(altered.get(), queue).around(source);
            }));
  }

  private static AlteredDataSource queueing(AlteredDataSource altered, ReentrantLock queue) {
    return altered
        .on(
            "DataSource.getConnection",
            (source, method, arguments) -> {
              queue.lock();
              return AlteredDataSource.proceed(source, method, arguments);
            })
        .on(
            "Connection.close",
            (connection, method, arguments) -> {
              try {
                return AlteredDataSource.proceed(connection, method, arguments);
              } finally {
                if (queue.isHeldByCurrentThread()) {
                  queue.unlock();
                }
              }
            });
  }

  private void replaces(String foundBy, String name, String right, String wrong) {
    add(foundBy, name, () -> new AlteredDataSource(sql -> sql.replace(right, wrong)));
  }

  /** Leaves out the statements that are meant. */
  private void sql(String foundBy, String name, java.util.function.Predicate<String> leftOut) {
    add(
        foundBy,
        name,
        () -> new AlteredDataSource(sql -> leftOut.test(sql) ? "SELECT 1 WHERE 1 = 0" : sql));
  }

  private static AlteredDataSource commitsInTheMiddle() {
    return new AlteredDataSource(sql -> sql)
        .on(
            "Connection.prepareStatement",
            (connection, method, arguments) -> {
              Object statement = AlteredDataSource.proceed(connection, method, arguments);
              if (((String) arguments[0]).contains("corpusync_run ")) {
                AlteredDataSource.execute(connection, "COMMIT");
                AlteredDataSource.execute(connection, "BEGIN IMMEDIATE");
              }
              return statement;
            });
  }

  private static AlteredDataSource keepsOne() {
    AtomicReference<Object> kept = new AtomicReference<>();
    return new AlteredDataSource(sql -> sql)
        .on(
            "DataSource.getConnection",
            (source, method, arguments) -> {
              if (kept.get() == null) {
                kept.set(AlteredDataSource.proceed(source, method, arguments));
              }
              return kept.get();
            })
        .on("Connection.close", (connection, method, arguments) -> null);
  }

  /** Two nodes have looked before one creates anything: the other one cannot but come. */
  private static AlteredDataSource doesNotWait(Thread alone, Rendezvous two) {
    return new AlteredDataSource(sql -> sql.equals("BEGIN IMMEDIATE") ? "BEGIN" : sql)
        .on(
            "Statement.execute",
            (statement, method, arguments) -> {
              if (((String) arguments[0]).startsWith("CREATE TABLE corpusync_migration")
                  && Thread.currentThread() != alone) {
                two.join();
              }
              return AlteredDataSource.proceed(statement, method, arguments);
            });
  }

  private static AlteredDataSource migratesInSteps() {
    return new AlteredDataSource(sql -> sql)
        .on(
            "Statement.execute",
            (statement, method, arguments) -> {
              Object result = AlteredDataSource.proceed(statement, method, arguments);
              if (((String) arguments[0]).startsWith("CREATE TABLE")) {
                Connection connection = ((java.sql.Statement) statement).getConnection();
                AlteredDataSource.execute(connection, "COMMIT");
                AlteredDataSource.execute(connection, "BEGIN IMMEDIATE");
              }
              return result;
            });
  }

  private static AlteredDataSource opensASecond() {
    AtomicReference<DataSource> source = new AtomicReference<>();
    return new AlteredDataSource(sql -> sql)
        .on(
            "DataSource.getConnection",
            (from, method, arguments) -> {
              source.set((DataSource) from);
              return AlteredDataSource.proceed(from, method, arguments);
            })
        .on(
            "Connection.prepareStatement",
            (connection, method, arguments) -> {
              DataSource again = source.get();
              if (((String) arguments[0]).contains("corpusync_seen") && again != null) {
                again.getConnection().close();
              }
              return AlteredDataSource.proceed(connection, method, arguments);
            });
  }
}
