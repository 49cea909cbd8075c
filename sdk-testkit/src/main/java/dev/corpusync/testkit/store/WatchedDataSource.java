package dev.corpusync.testkit.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/**
 * A host's data source that watches what becomes of its connections, which it lends with
 * auto-commit off.
 */
final class WatchedDataSource {
  private final AtomicInteger lent = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final List<String> complaints = new ArrayList<>();

  int lent() {
    return lent.get();
  }

  /** The most that were out at one time. */
  int most() {
    return most.get();
  }

  /** What was wrong with connections that came back. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  DataSource around(DataSource source) {
    return (DataSource)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, args) -> {
              Object result = invoke(source, method, args);
              return result instanceof Connection connection ? lend(connection) : result;
            });
  }

  private Connection lend(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    most.accumulateAndGet(lent.incrementAndGet(), Math::max);
    return (Connection)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, args) -> {
              if (method.getName().equals("close") && !connection.isClosed()) {
                lent.decrementAndGet();
                if (connection.getAutoCommit()) {
                  complaints.add("a connection came back with auto-commit on");
                }
              }
              return invoke(connection, method, args);
            });
  }

  private static Object invoke(Object target, java.lang.reflect.Method method, Object[] args)
      throws Throwable {
    try {
      return method.invoke(target, args);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
