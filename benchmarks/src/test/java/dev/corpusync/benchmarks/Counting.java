package dev.corpusync.benchmarks;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** A data source that counts what is sent through it. */
final class Counting {
  private final AtomicInteger statements = new AtomicInteger();
  private final AtomicInteger commits = new AtomicInteger();
  private final AtomicInteger rows = new AtomicInteger();

  /**
   * @param statements executed, a batch counting once, without the ends of transactions
   * @param commits of transactions that were begun
   * @param rows inserted, updated or deleted
   */
  record Counts(int statements, int commits, int rows) {
    Counts minus(Counts other) {
      return new Counts(statements - other.statements, commits - other.commits, rows - other.rows);
    }
  }

  Counts counts() {
    return new Counts(statements.get(), commits.get(), rows.get());
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
    if (target instanceof Connection && method.equals("commit")) {
      commits.incrementAndGet();
    }
    if (!(target instanceof Statement statement) || !method.startsWith("execute")) {
      return;
    }
    String sql = args == null ? "" : String.valueOf(args[0]);
    if (sql.equals("COMMIT")) {
      commits.incrementAndGet();
      return;
    }
    if (sql.startsWith("BEGIN") || sql.startsWith("SET ")) {
      return;
    }
    statements.incrementAndGet();
    if (result instanceof int[] updated) {
      rows.addAndGet(Arrays.stream(updated).filter(n -> n > 0).sum());
    } else if (method.equals("execute") || result instanceof Integer) {
      rows.addAndGet(Math.max(0, statement.getUpdateCount()));
    }
  }
}
