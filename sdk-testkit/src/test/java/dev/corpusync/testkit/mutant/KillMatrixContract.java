package dev.corpusync.testkit.mutant;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each check of a contract fails on the mutants that it is there for, and on no others. */
public abstract class KillMatrixContract {
  protected abstract KillMatrix<?> matrix();

  @TestFactory
  Stream<DynamicTest> every_mutant_fails_exactly_the_checks_of_its_row() {
    return matrix().eachMutantFailsItsRow(name -> true);
  }

  @Test
  void every_check_has_a_mutant_that_is_there_for_it() {
    matrix().eachCheckHasItsMutant();
  }

  @Test
  void every_mutant_has_a_row_and_every_row_a_mutant() {
    matrix().fileIsComplete();
  }

  @TestFactory
  Stream<DynamicTest> with_a_check_emptied_the_matrix_is_red() {
    return matrix().eachCheckIsMissedWhenEmptied();
  }
}
