package dev.corpusync.testkit.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;

/**
 * Makes one chosen call to a database fail. Counts calls on connections and statements; not for use
 * by two threads.
 */
final class Faults {
  private static final Map<Class<?>, Class<?>> WRAPPED =
      Map.of(
          Connection.class,
          Connection.class,
          Statement.class,
          Statement.class,
          PreparedStatement.class,
          PreparedStatement.class);
  private long calls;
  private long failing = Long.MAX_VALUE;

  DataSource around(DataSource source) {
    return wrap(DataSource.class, source);
  }

  /** Counts from now on and makes the n-th call fail, the first being 1. */
  void failAt(long n) {
    calls = 0;
    failing = n;
  }

  /** Whether the chosen call was reached. */
  boolean fired() {
    return calls >= failing;
  }

  void never() {
    failing = Long.MAX_VALUE;
  }

  private <T> T wrap(Class<T> type, Object target) {
    return type.cast(
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, args) -> call(target, method, args)));
  }

  private Object call(Object target, Method method, Object[] args) throws Throwable {
    boolean counted = declares(method, SQLException.class);
    boolean fails = counted && ++calls == failing;
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
    Class<?> wrapped = WRAPPED.get(method.getReturnType());
    return wrapped == null || result == null ? result : wrap(wrapped, result);
  }

  private static boolean declares(Method method, Class<?> exception) {
    for (Class<?> declared : method.getExceptionTypes()) {
      if (declared.equals(exception)) {
        return true;
      }
    }
    return false;
  }
}
