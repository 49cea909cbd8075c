package dev.corpusync.testkit.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.testkit.mutant.MatrixFile.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * The mutants of one contract and the checks that each of them fails.
 *
 * <p>A mutant is registered with the check that it is there for. Which other checks fail on it is
 * recorded in a file, and held by a test. With {@code -Dcorpusync.docs=write} each mutant that has
 * no row yet is shown to the whole contract, and its row is written; {@code -Dcorpusync.mutants=}
 * selects mutants whose rows are written anew.
 *
 * @param <S> what the contract is tried on
 */
public final class KillMatrix<S> {
  private static final boolean WRITES = System.getProperty("corpusync.docs", "").equals("write");
  private static final Optional<String> SELECTED =
      Optional.ofNullable(System.getProperty("corpusync.mutants"));

  private final MatrixFile file;
  private final Collection<String> checks;
  private final List<Entry<S>> mutants;
  private final Trial<S> trial;
  private final BiPredicate<Row, String> shown;
  private final BiPredicate<Row, String> least;

  /**
   * A mutant.
   *
   * @param foundBy the check that it is there for; empty for a subject that is right, if unusual
   * @param subject what the contract is tried on
   */
  public record Entry<S>(String name, Optional<String> foundBy, S subject) {
    public Entry {
      if (name.contains(",")) {
        throw new IllegalArgumentException("a comma in the name of the mutant '" + name + "'");
      }
    }

    public static <S> Entry<S> of(String name, String foundBy, S subject) {
      return new Entry<>(name, Optional.of(foundBy), subject);
    }

    public static <S> Entry<S> right(String name, S subject) {
      return new Entry<>(name, Optional.empty(), subject);
    }
  }

  /** Tries checks on a subject. */
  @FunctionalInterface
  public interface Trial<S> {
    /**
     * @param shown the checks to try, by id
     * @param emptied those of them that are run with nothing in them
     * @return the messages of the checks that fail, by id
     */
    Map<String, String> failures(S subject, Predicate<String> shown, Set<String> emptied)
        throws Exception;
  }

  private KillMatrix(
      MatrixFile file,
      Collection<String> checks,
      List<Entry<S>> mutants,
      Trial<S> trial,
      BiPredicate<Row, String> shown,
      BiPredicate<Row, String> least) {
    this.file = file;
    this.checks = checks;
    this.mutants = mutants;
    this.trial = trial;
    this.shown = shown;
    this.least = least;
  }

  /**
   * @param file the name of the file of its rows
   * @param checks the ids of every check of the contract
   */
  public static <S> KillMatrix<S> of(
      String file, Collection<String> checks, List<Entry<S>> mutants, Trial<S> trial) {
    return new KillMatrix<>(
        new MatrixFile(file),
        checks,
        mutants,
        trial,
        (row, check) -> true,
        (row, check) -> row.all().contains(check));
  }

  /**
   * Shows less than the whole contract to a mutant, for time.
   *
   * @param shown whether a check is tried on the mutant of a row
   * @param least the same, where only the row is of interest
   */
  KillMatrix<S> showing(BiPredicate<Row, String> shown, BiPredicate<Row, String> least) {
    return new KillMatrix<>(file, checks, mutants, trial, shown, least);
  }

  /** Whether rows are written in this run of the tests. */
  static boolean isRecording() {
    return WRITES;
  }

  /** Returns the mutants that each check is there for, by the check's id. */
  public Map<String, List<String>> mutantsByCheck() {
    Map<String, List<String>> found = new LinkedHashMap<>();
    mutants.forEach(
        m ->
            m.foundBy()
                .ifPresent(id -> found.computeIfAbsent(id, i -> new ArrayList<>()).add(m.name())));
    return found;
  }

  /** One test for each mutant: it fails exactly the checks of its row. */
  Stream<DynamicTest> eachMutantFailsItsRow(Predicate<String> names) {
    return mutants.stream()
        .filter(m -> names.test(m.name()))
        .filter(m -> SELECTED.isEmpty() || m.name().matches(SELECTED.get()))
        .filter(m -> !WRITES || SELECTED.isPresent() || !isRecorded(m))
        .map(m -> DynamicTest.dynamicTest(m.name(), () -> failsItsRow(m)));
  }

  private boolean isRecorded(Entry<S> mutant) {
    Row row = file.rows().get(mutant.name());
    return row != null && row.foundBy().equals(mutant.foundBy());
  }

  private void failsItsRow(Entry<S> mutant) throws Exception {
    if (WRITES) {
      record(mutant);
      return;
    }
    assertThat(file.rows())
        .as(
            "rows of %s, where '%s' is missing or found by another check than the one that it is"
                + " registered for; write them: see 'Adding a check' in CONTRIBUTING.md",
            file, mutant.name())
        .hasEntrySatisfying(
            mutant.name(), row -> assertThat(row.foundBy()).isEqualTo(mutant.foundBy()));
    Row row = file.rows().get(mutant.name());
    Map<String, String> failures =
        trial.failures(mutant.subject(), id -> shown.test(row, id), Set.of());
    assertThat(new TreeSet<>(failures.keySet()))
        .as(
            "checks that '%s' fails, against its row in %s:\n%s",
            mutant.name(), file, String.join("\n", failures.values()))
        .isEqualTo(row.all());
  }

  private void record(Entry<S> mutant) throws Exception {
    Set<String> failed =
        new TreeSet<>(trial.failures(mutant.subject(), id -> true, Set.of()).keySet());
    mutant
        .foundBy()
        .ifPresentOrElse(
            check ->
                assertThat(failed)
                    .as("checks that '%s' fails, with the one it is there for", mutant.name())
                    .contains(check),
            () -> assertThat(failed).as("checks that '%s' fails", mutant.name()).isEmpty());
    file.update(
        rows -> {
          rows.put(mutant.name(), new Row(mutant.name(), mutant.foundBy(), failed));
          return inOrder(rows);
        });
  }

  /** The rows of mutants that exist, in the order of their registration. */
  private Map<String, Row> inOrder(Map<String, Row> rows) {
    Map<String, Row> ordered = new LinkedHashMap<>();
    mutants.stream()
        .map(Entry::name)
        .filter(rows::containsKey)
        .forEach(name -> ordered.put(name, rows.get(name)));
    return ordered;
  }

  /** The file has the mutants that are registered, and nothing else. */
  void fileIsComplete() {
    if (WRITES) {
      file.update(this::inOrder);
      return;
    }
    assertThat(file.rows().keySet())
        .containsExactlyElementsOf(mutants.stream().map(Entry::name).toList());
  }

  /** Every check has a mutant that is there for it. */
  void eachCheckHasItsMutant() {
    assertThat(new TreeSet<>(mutantsByCheck().keySet()))
        .as("checks that mutants are registered for, against all checks of the contract")
        .isEqualTo(new TreeSet<>(checks));
  }

  /**
   * For each check a test that the matrix is red if the check's body were empty: of the mutants
   * that are there for it, the one that fewest other checks find fails those others, and nothing
   * else.
   */
  Stream<DynamicTest> eachCheckIsMissedWhenEmptied() {
    return checks.stream().map(check -> DynamicTest.dynamicTest(check, () -> isMissed(check)));
  }

  private void isMissed(String check) throws Exception {
    Row row =
        file.rows().values().stream()
            .filter(r -> r.foundBy().equals(Optional.of(check)))
            .min(Comparator.comparing(r -> r.all().size()))
            .orElseThrow(() -> new AssertionError(check + " has no mutant"));
    Entry<S> mutant =
        mutants.stream().filter(m -> m.name().equals(row.mutant())).findFirst().orElseThrow();
    Set<String> failed =
        trial.failures(mutant.subject(), id -> least.test(row, id), Set.of(check)).keySet();
    assertThat(new TreeSet<>(failed))
        .as("what '%s' fails with %s emptied; its row is %s", row.mutant(), check, row.all())
        .isEqualTo(
            row.all().stream()
                .filter(id -> !id.equals(check))
                .collect(Collectors.toCollection(TreeSet::new)));
  }
}
