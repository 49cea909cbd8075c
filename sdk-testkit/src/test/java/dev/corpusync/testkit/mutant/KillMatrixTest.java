package dev.corpusync.testkit.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.testkit.check.Areas;
import dev.corpusync.testkit.check.Check;
import dev.corpusync.testkit.profile.Profile;
import dev.corpusync.testkit.trial.Trial;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;

/**
 * Each check fails on the mutants that it is there for, and on no others: the failed set of each
 * mutant equals its row. In the long profile a mutant is shown to every check of the areas of its
 * row, with {@code -Dcorpusync.matrix=whole} to all checks; by default, for time, to those of its
 * row only, which must all fail. {@code -Dcorpusync.mutants} selects some by a pattern. The mutants
 * are tried by {@link ReadingMutantsTest} and {@link ContentMutantsTest}, side by side.
 */
public class KillMatrixTest {
  private static final String SHOWN =
      System.getProperty("corpusync.matrix", Profile.current() == Profile.LONG ? "area" : "row");

  public static List<Mutant> mutants() {
    return Stream.concat(ofReading().stream(), ofContent().stream()).toList();
  }

  /** How a source is read: connecting, paging, changes, crashes, the network. */
  static List<Mutant> ofReading() {
    return Stream.of(
            FixtureMutants.all(),
            ConfigurationMutants.all(),
            PagingMutants.all(),
            ChangeMutants.all(),
            CrashMutants.all(),
            TransportMutants.all())
        .flatMap(List::stream)
        .toList();
  }

  /** What is stored of it, for whom, and what it costs. */
  static List<Mutant> ofContent() {
    return Stream.of(
            PrivacyMutants.all(),
            DeletionMutants.all(),
            PermissionMutants.all(),
            LookupMutants.all(),
            TransformMutants.all(),
            CitationMutants.all(),
            ConcurrencyMutants.all(),
            ResourceMutants.all(),
            DeterminismMutants.all(),
            ObservationMutants.all(),
            LeakMutants.all(),
            UnusualConnectors.wrong())
        .flatMap(List::stream)
        .toList();
  }

  /** One test for each mutant: it fails exactly the checks of its row. */
  static List<DynamicTest> rows(List<Mutant> mutants) {
    Map<String, KillMatrix.Row> rows = KillMatrix.rows();
    return mutants.stream()
        .filter(m -> rows.containsKey(m.name()))
        .filter(m -> m.name().matches(System.getProperty("corpusync.mutants", ".*")))
        .map(m -> DynamicTest.dynamicTest(m.name(), () -> failsExactly(m, rows.get(m.name()))))
        .toList();
  }

  private static void failsExactly(Mutant mutant, KillMatrix.Row row) {
    Map<String, String> failures =
        KillMatrix.failures(mutant.subjects(), id -> row.isShown(id, SHOWN));
    assertThat(new TreeSet<>(failures.keySet()))
        .as("checks that '%s' fails:\n%s", mutant, String.join("\n", failures.values()))
        .isEqualTo(row.failed());
    failures
        .values()
        .forEach(
            message ->
                assertThat(message)
                    .as("the message of a check that '%s' fails", mutant)
                    .doesNotContain("NullPointerException", Trial.SECRET));
  }

  @Test
  void every_mutant_has_a_row_and_every_row_a_mutant() {
    assertThat(mutants().stream().map(Mutant::name))
        .containsExactlyInAnyOrderElementsOf(KillMatrix.rows().keySet());
  }

  @Test
  void every_check_is_the_primary_killer_of_a_mutant() {
    Set<String> primary = new TreeSet<>();
    KillMatrix.rows().values().forEach(row -> primary.addAll(row.primary()));
    assertThat(primary).isEqualTo(new TreeSet<>(Areas.checks().stream().map(Check::id).toList()));
  }

  @Test
  void no_two_checks_have_one_id() {
    assertThat(Areas.checks().stream().map(Check::id)).doesNotHaveDuplicates();
  }
}
