package dev.corpusync.testkit.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/** A data source under which a right store does something wrong: other SQL, or other manners. */
final class AlteredDataSource {
  private static final Map<Class<?>, Class<?>> WRAPPED =
      Map.of(
          Connection.class,
          Connection.class,
          Statement.class,
          Statement.class,
          PreparedStatement.class,
          PreparedStatement.class);
  private final UnaryOperator<String> sql;
  private final Map<String, Manner> manners = new HashMap<>();

  /** What happens in place of a call on a connection or statement. */
  interface Manner {
    Object on(Object target, Method method, Object[] arguments) throws Throwable;
  }

  AlteredDataSource(UnaryOperator<String> sql) {
    this.sql = sql;
  }

  /**
   * @param method as {@code "Connection.close"}
   */
  AlteredDataSource on(String method, Manner manner) {
    manners.put(method, manner);
    return this;
  }

  DataSource around(DataSource source) {
    return wrap(DataSource.class, source);
  }

  private <T> T wrap(Class<T> type, Object target) {
    return type.cast(
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              Object[] given = arguments == null ? new Object[0] : arguments.clone();
              if (given.length > 0 && given[0] instanceof String text) {
                given[0] = sql.apply(text);
              }
              Manner manner = manners.get(type.getSimpleName() + "." + method.getName());
              Object result =
                  manner == null
                      ? proceed(target, method, given)
                      : manner.on(target, method, given);
              Class<?> wrapped = WRAPPED.get(method.getReturnType());
              return wrapped == null || result == null ? result : wrap(wrapped, result);
            }));
  }

  static Object proceed(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  static void execute(Object connection, String sql) throws SQLException {
    try (Statement statement = ((Connection) connection).createStatement()) {
      statement.execute(sql);
    }
  }
}
