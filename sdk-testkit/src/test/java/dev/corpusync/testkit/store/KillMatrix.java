package dev.corpusync.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.store.Commit;
import dev.corpusync.testkit.check.Check;
import dev.corpusync.testkit.mutant.EmptiedChecks;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.opentest4j.TestAbortedException;

/**
 * Which checks each wrong store fails: a primary one, which is there for that mistake, and others
 * that see it too. A check whose body were emptied would be nobody's primary.
 */
final class KillMatrix {
  private final Map<String, Row> rows = new TreeMap<>();

  private record Row(String primary, Set<String> also) {
    Set<String> all() {
      Set<String> all = new TreeSet<>(also);
      all.add(primary);
      return all;
    }
  }

  /** Lines of {@code mutant,primary,also also}, after a line of titles. */
  static KillMatrix read(String resource) {
    KillMatrix matrix = new KillMatrix();
    try (InputStream in = KillMatrix.class.getResourceAsStream(resource)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      text.lines()
          .skip(1)
          .forEach(
              line -> {
                String[] cells = line.split(",", -1);
                Set<String> also = new TreeSet<>(Arrays.asList(cells[2].strip().split("\\s+")));
                also.remove("");
                assertThat(also).as(line).doesNotContain(cells[1]);
                assertThat(matrix.rows.put(cells[0], new Row(cells[1], also)))
                    .as(cells[0])
                    .isNull();
              });
    } catch (IOException e) {
      throw new UncheckedIOException(resource + " cannot be read", e);
    }
    return matrix;
  }

  Set<String> mutants() {
    return rows.keySet();
  }

  Set<String> primaries() {
    Set<String> all = new TreeSet<>();
    rows.values().forEach(row -> all.add(row.primary()));
    return all;
  }

  void requireExactly(String mutant, Set<String> failed) {
    assertThat(rows).as("rows of the matrix").containsKey(mutant);
    assertThat(failed).as("checks that '%s' fails", mutant).isEqualTo(rows.get(mutant).all());
  }

  /**
   * With any one of the checks emptied, this matrix is red.
   *
   * @param mutants a contract over each wrong store, by its name, made anew for each check
   */
  static Stream<DynamicTest> isRedWithACheckEmptied(
      KillMatrix matrix, Set<String> checks, Function<String, ? extends StoreFixture> mutants) {
    Map<String, Set<String>> rows = new TreeMap<>();
    matrix.rows.forEach((mutant, row) -> rows.put(mutant, row.all()));
    return EmptiedChecks.areNoticed(
        checks,
        rows,
        (mutant, emptied) ->
            failures(() -> mutants.apply(mutant), rows.get(mutant), Set.of(emptied)).keySet());
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
    return failures(subject, checks(subject.get().getClass()).keySet()).keySet();
  }

  /** Runs the checks, each on a new subject; each ends well or fails with a message. */
  static Map<String, Throwable> failures(
      Supplier<? extends StoreFixture> subject, Set<String> ids) {
    return failures(subject, ids, Set.of());
  }

  /**
   * @param emptied checks with nothing in them
   */
  static Map<String, Throwable> failures(
      Supplier<? extends StoreFixture> subject, Set<String> ids, Set<String> emptied) {
    Map<String, Throwable> failed = new TreeMap<>();
    checks(subject.get().getClass())
        .forEach(
            (id, check) -> {
              if (ids.contains(id)) {
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
