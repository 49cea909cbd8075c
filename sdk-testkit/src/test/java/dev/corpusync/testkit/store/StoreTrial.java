package dev.corpusync.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.store.Commit;
import dev.corpusync.testkit.check.Check;
import dev.corpusync.testkit.mutant.KillMatrix;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.opentest4j.TestAbortedException;

/** Tries the checks of a contract of stores on a store. */
final class StoreTrial {
  private StoreTrial() {}

  /** The kill matrix of a contract of stores, on subjects that are made anew for each check. */
  static KillMatrix<Supplier<? extends StoreFixture>> matrix(
      String file,
      Class<? extends StoreFixture> contract,
      List<KillMatrix.Entry<Supplier<? extends StoreFixture>>> mutants) {
    return KillMatrix.of(
        file,
        checks(contract).keySet(),
        mutants,
        (subject, shown, emptied) -> {
          Map<String, String> messages = new TreeMap<>();
          failures(subject, shown, emptied)
              .forEach((id, failure) -> messages.put(id, String.valueOf(failure.getMessage())));
          return messages;
        });
  }

  /** By id; each id once. */
  static Map<String, Method> checks(Class<?> contract) {
    Map<String, Method> all = new TreeMap<>();
    for (Class<?> at = contract; at != Object.class; at = at.getSuperclass()) {
      for (Method method : at.getDeclaredMethods()) {
        Check check = method.getAnnotation(Check.class);
        if (check != null && !method.isBridge()) {
          assertThat(all.put(check.id(), method)).as("id %s", check.id()).isNull();
        }
      }
    }
    return all;
  }

  static Set<String> failedBy(Supplier<? extends StoreFixture> subject) {
    return failures(subject, id -> true, Set.of()).keySet();
  }

  /**
   * Runs checks, each on a new subject; each ends well or fails with a message.
   *
   * @param emptied checks with nothing in them
   */
  static Map<String, Throwable> failures(
      Supplier<? extends StoreFixture> subject, Predicate<String> shown, Set<String> emptied) {
    Map<String, Throwable> failed = new TreeMap<>();
    checks(subject.get().getClass())
        .forEach(
            (id, check) -> {
              if (shown.test(id)) {
                StoreFixture one = subject.get();
                one.openStore();
                try {
                  if (!emptied.contains(id)) {
                    check.setAccessible(true);
                    check.invoke(one);
                  }
                } catch (InvocationTargetException e) {
                  if (e.getCause() instanceof TestAbortedException && claimsLess(one)) {
                    return; // the check needs a feature that this store does not claim
                  }
                  assertThat(e.getCause())
                      .as("how %s fails", id)
                      .isNotInstanceOfAny(
                          NullPointerException.class,
                          NoSuchElementException.class,
                          IndexOutOfBoundsException.class)
                      .isNotInstanceOf(TestAbortedException.class);
                  assertThat(e.getCause().getMessage()).as("what %s says", id).isNotBlank();
                  failed.put(id, e.getCause());
                } catch (IllegalAccessException e) {
                  throw new IllegalStateException(e);
                } finally {
                  one.closeStore();
                }
              }
            });
    return failed;
  }

  private static boolean claimsLess(StoreFixture subject) {
    return !subject.store.features().containsAll(Commit.mayNeed());
  }
}
