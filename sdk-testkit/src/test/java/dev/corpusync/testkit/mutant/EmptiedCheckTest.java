package dev.corpusync.testkit.mutant;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A check of connectors whose body were empty would be noticed. */
@EnabledIfSystemProperty(named = "corpusync.profile", matches = "proof|long")
class EmptiedCheckTest {
  @TestFactory
  Stream<DynamicTest> with_a_check_emptied_the_matrix_is_red() {
    return ConnectorMatrix.matrix().eachCheckIsMissedWhenEmptied();
  }
}
