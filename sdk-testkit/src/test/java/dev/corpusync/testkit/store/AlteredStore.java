package dev.corpusync.testkit.store;

import dev.corpusync.store.Store;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A store with one mistake: a right one, some of whose calls go another way. */
final class AlteredStore {
  private final Store right;
  private final Thread opener = Thread.currentThread();
  private final Map<String, Alteration> bends = new HashMap<>();

  /** What happens in place of a call. */
  interface Alteration {
    Object on(Call call);
  }

  /** A call that has arrived, and the right way to answer it. */
  record Call(Store right, Object part, Method method, Object[] arguments) {
    Object proceed() {
      return ReflectiveCall.call(part, method, arguments);
    }

    /** As if the argument at a place had been another one. */
    Object with(int place, Object other) {
      Object[] changed = arguments.clone();
      changed[place] = other;
      return ReflectiveCall.call(part, method, changed);
    }

    @SuppressWarnings("unchecked")
    <T> T argument(int place) {
      return (T) arguments[place];
    }
  }

  AlteredStore(Store right) {
    this.right = right;
  }

  /**
   * @param names as {@code "Corpus.states"}, or several with a bar between; a part alone means all
   *     its methods
   */
  AlteredStore on(String names, Alteration bend) {
    for (String name : names.split("\\|")) {
      if (!name.equals("Store.features")
          && StoreMethods.abilities().stream()
              .noneMatch(a -> a.name().equals(name) || a.name().startsWith(name + "."))) {
        throw new IllegalArgumentException("no part or method of a store is called " + name);
      }
      bends.put(name, bend);
    }
    return this;
  }

  /** Whether a check has started this thread, as against the one that opened the store. */
  boolean inWorker() {
    return Thread.currentThread() != opener;
  }

  Store store() {
    return wrap(Store.class, right);
  }

  private <T> T wrap(Class<T> type, Object target) {
    return type.cast(
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              Object[] given = arguments == null ? new Object[0] : arguments;
              String part = method.getDeclaringClass().getSimpleName();
              Alteration bend = bends.getOrDefault(part + "." + method.getName(), bends.get(part));
              if (bend != null && (given.length > 0 || method.getName().equals("features"))) {
                return bend.on(new Call(right, target, method, given));
              }
              Object answer = ReflectiveCall.call(target, method, given);
              Class<?> returned = method.getReturnType();
              return given.length == 0 && returned.getPackage() == Store.class.getPackage()
                  ? wrap(returned, answer)
                  : answer;
            }));
  }

  /** All elements of an answer but some. */
  @SuppressWarnings("unchecked")
  static <T> List<T> list(Object answer) {
    return new ArrayList<>((List<T>) answer);
  }
}
