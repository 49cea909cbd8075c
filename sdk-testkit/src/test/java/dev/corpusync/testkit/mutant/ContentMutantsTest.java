package dev.corpusync.testkit.mutant;

import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Wrong connectors that store, show or cost the wrong things fail exactly the checks of their rows.
 */
class ContentMutantsTest {
  @TestFactory
  List<DynamicTest> every_mutant_fails_exactly_its_checks() {
    return KillMatrixTest.rows(KillMatrixTest.ofContent());
  }
}
