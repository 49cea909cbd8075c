package dev.corpusync.testkit.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * A check whose body were empty would be noticed, in any kill matrix: with nothing in it, a mutant
 * no longer fails what its row says.
 */
public final class EmptiedChecks {
  private EmptiedChecks() {}

  /** Shows a mutant to the checks of its row at least. */
  @FunctionalInterface
  public interface Trial {
    /**
     * @param emptied the check that is run with nothing in it
     * @return the checks that the mutant fails
     */
    Set<String> failed(String mutant, String emptied) throws Exception;
  }

  /**
   * For each check a test: of the mutants that it finds, the one that fewest others see fails those
   * others as before, and nothing else.
   *
   * @param rows what each mutant fails, by its name
   */
  public static Stream<DynamicTest> areNoticed(
      Collection<String> checks, Map<String, Set<String>> rows, Trial trial) {
    return checks.stream()
        .map(
            check ->
                DynamicTest.dynamicTest(
                    check,
                    () -> {
                      String mutant = foundBy(check, rows);
                      isRed(check, mutant, rows.get(mutant), trial.failed(mutant, check));
                    }));
  }

  private static String foundBy(String check, Map<String, Set<String>> rows) {
    return new TreeMap<>(rows)
        .entrySet().stream()
            .filter(row -> row.getValue().contains(check))
            .min(Comparator.comparing(row -> row.getValue().size()))
            .orElseThrow(() -> new AssertionError("no mutant is found by " + check))
            .getKey();
  }

  static void isRed(String check, String mutant, Set<String> row, Set<String> failed) {
    Set<String> rest = new TreeSet<>(row);
    rest.remove(check);
    assertThat(new TreeSet<>(failed))
        .as("what '%s' fails with %s emptied; its row is %s", mutant, check, row)
        .isNotEqualTo(row)
        .isEqualTo(rest);
  }
}
