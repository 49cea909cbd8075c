package dev.corpusync.testkit.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/** Calls a method and throws what it throws. */
final class ReflectiveCall {
  private ReflectiveCall() {}

  static Object call(Object target, Method method, Object... arguments) {
    try {
      method.setAccessible(true);
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(method.getName() + " failed", e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(method + " cannot be called", e);
    }
  }
}
