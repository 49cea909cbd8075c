package dev.corpusync.testkit.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/**
 * Makes one chosen call to a database fail, or the connection that it was made on and all that is
 * done with that afterwards. Counts calls on connections and statements; not for use by two
 * threads.
 */
final class JdbcFaults {
  private static final Map<Class<?>, Class<?>> WRAPPED =
      Map.of(
          Connection.class,
          Connection.class,
          Statement.class,
          Statement.class,
          PreparedStatement.class,
          PreparedStatement.class);
  private final List<Connection> open = new ArrayList<>();
  private long calls;
  private long failing = Long.MAX_VALUE;
  private boolean lasting;
  private boolean dead;

  DataSource around(DataSource source) {
    return wrap(DataSource.class, source);
  }

  /** Counts from now on and makes the n-th call fail, the first being 1. */
  void failAt(long n) {
    calls = 0;
    failing = n;
    lasting = false;
  }

  /** The same, but then the connection is lost, and what was open in it. */
  void loseConnectionAt(long n) {
    failAt(n);
    lasting = true;
  }

  /** Whether the chosen call was reached. */
  boolean fired() {
    return calls >= failing;
  }

  /** Everything works again; a connection that was lost stays so. */
  void never() {
    failing = Long.MAX_VALUE;
    dead = false;
  }

  private <T> T wrap(Class<T> type, Object target) {
    boolean[] lost = new boolean[1];
    return type.cast(
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, args) -> call(target, method, args, lost)));
  }

  private Object call(Object target, Method method, Object[] args, boolean[] lost)
      throws Throwable {
    boolean counted = List.of(method.getExceptionTypes()).contains(SQLException.class);
    boolean fails = counted && ++calls == failing;
    if (fails && lasting) {
      lose();
    }
    boolean connects = method.getName().equals("getConnection");
    lost[0] |= dead && !connects;
    if (counted && lost[0]) {
      throw new SQLException("the connection is lost", "08006");
    }
    // a close that fails has let go of what it closed, or the test itself would leak
    if (fails && !method.getName().equals("close")) {
      throw new SQLException("a fault in " + method.getName(), "XX000");
    }
    Object result;
    try {
      result = method.invoke(target, args);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
    if (fails) {
      throw new SQLException("a fault in close", "XX000");
    }
    if (result instanceof Connection connection) {
      open.add(connection);
    }
    Class<?> wrapped = WRAPPED.get(method.getReturnType());
    return wrapped == null || result == null ? result : wrap(wrapped, result);
  }

  /** As if the other end were gone: what was not committed is rolled back. */
  private void lose() throws SQLException {
    dead = true;
    for (Connection connection : open) {
      connection.close();
    }
    open.clear();
  }
}
