package dev.corpusync.testkit.mutant;

import dev.corpusync.testkit.check.Areas;
import dev.corpusync.testkit.check.Check;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * A check whose body were empty would be noticed: with nothing in it, its mutant no longer fails
 * what its row says. The rest of the row is run as it is, and must fail as before.
 */
@EnabledIfSystemProperty(named = "corpusync.profile", matches = "proof|long")
class EmptiedCheckTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TestFactory
  Stream<DynamicTest> with_a_check_emptied_the_matrix_is_red() {
    Map<String, Mutant> mutants =
        KillMatrixTest.mutants().stream()
            .collect(Collectors.toMap(Mutant::name, Function.identity()));
    return Areas.checks().stream()
        .map(Check::id)
        .map(
            check ->
                DynamicTest.dynamicTest(
                    check,
                    () -> {
                      KillMatrix.Row row = primaryOf(check);
                      isRed(check, row, mutants.get(row.mutant()));
                    }));
  }

  /** The row that fewest other checks see. */
  private static KillMatrix.Row primaryOf(String check) {
    return KillMatrix.rows().values().stream()
        .filter(row -> row.primary().contains(check))
        .min(Comparator.comparing(row -> row.failed().size()))
        .orElseThrow();
  }

  private static void isRed(String check, KillMatrix.Row row, Mutant mutant) {
    Set<String> failed =
        KillMatrix.failures(mutant.subjects(), id -> row.isShown(id, "row"), LIMIT, Set.of(check))
            .keySet();
    EmptiedChecks.isRed(check, mutant.name(), row.failed(), failed);
  }
}
