package dev.corpusync.testkit.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.testkit.check.Areas;
import dev.corpusync.testkit.check.Check;
import org.junit.jupiter.api.Test;

/**
 * The kill matrix of connectors is complete. Its rows are tried by {@link ReadingMutantsTest} and
 * {@link ContentMutantsTest}, side by side, and emptied checks by {@link EmptiedCheckTest}.
 */
class KillMatrixTest {
  @Test
  void every_mutant_has_a_row_and_every_row_a_mutant() {
    ConnectorMatrix.matrix().fileIsComplete();
  }

  @Test
  void every_check_has_a_mutant_that_is_there_for_it() {
    ConnectorMatrix.matrix().eachCheckHasItsMutant();
  }

  @Test
  void no_two_checks_have_one_id() {
    assertThat(Areas.checks().stream().map(Check::id)).doesNotHaveDuplicates();
  }
}
