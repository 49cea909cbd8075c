package dev.corpusync.benchmarks;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** A data source that counts statements, transactions and rows. */
final class Counting {
  private final Set<Connection> readers = ConcurrentHashMap.newKeySet();
  private final AtomicInteger statements = new AtomicInteger();
  private final AtomicInteger commits = new AtomicInteger();
  private final AtomicInteger reads = new AtomicInteger();
  private final AtomicInteger rows = new AtomicInteger();

  /**
   * The counts of a measurement.
   *
   * @param statements statements sent, without begin and commit; a batch, or several statements
   *     that are sent together, count once
   * @param commits committed transactions that may write
   * @param reads ended transactions that read one snapshot
   * @param rows rows inserted, updated or deleted
   */
  record Counts(int statements, int commits, int reads, int rows) {
    Counts minus(Counts other) {
      return new Counts(
          statements - other.statements,
          commits - other.commits,
          reads - other.reads,
          rows - other.rows);
    }
  }

  Counts counts() {
    return new Counts(statements.get(), commits.get(), reads.get(), rows.get());
  }

  DataSource watch(DataSource source) {
    return proxy(DataSource.class, source);
  }

  private <T> T proxy(Class<T> type, Object target) {
    InvocationHandler handler =
        (proxy, method, args) -> {
          Object result;
          try {
            result = method.invoke(target, args);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
          count(method.getName(), target, args, result);
          if (result instanceof PreparedStatement) {
            return proxy(PreparedStatement.class, result);
          }
          if (result instanceof Statement) {
            return proxy(Statement.class, result);
          }
          return result instanceof Connection ? proxy(Connection.class, result) : result;
        };
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private void count(String method, Object target, Object[] args, Object result)
      throws SQLException {
    if (target instanceof Connection connection && method.equals("commit")) {
      ended(connection);
    }
    if (!(target instanceof Statement statement)) {
      return;
    }
    if (method.equals("getMoreResults")) {
      rows.addAndGet(Math.max(0, statement.getUpdateCount()));
    }
    if (!method.startsWith("execute")) {
      return;
    }
    String sql = args == null ? "" : String.valueOf(args[0]);
    if (sql.equals("COMMIT")) {
      ended(statement.getConnection());
    } else if (sql.startsWith("BEGIN") || sql.startsWith("SET ")) {
      begun(statement.getConnection(), sql);
    } else {
      executed(statement, method, result);
    }
  }

  /** The statement of {@code Dialect.begin}. */
  private void begun(Connection connection, String sql) {
    if (sql.equals("BEGIN") || sql.contains("READ ONLY")) {
      readers.add(connection);
    }
  }

  private void ended(Connection connection) {
    (readers.remove(connection) ? reads : commits).incrementAndGet();
  }

  private void executed(Statement statement, String method, Object result) throws SQLException {
    statements.incrementAndGet();
    if (result instanceof int[] updated) {
      rows.addAndGet(Arrays.stream(updated).filter(n -> n > 0).sum());
    } else if (result instanceof Integer updated) {
      rows.addAndGet(updated);
    } else if (method.equals("execute")) {
      rows.addAndGet(Math.max(0, statement.getUpdateCount()));
    }
  }
}
