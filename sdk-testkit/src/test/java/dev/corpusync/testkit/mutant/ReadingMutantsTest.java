package dev.corpusync.testkit.mutant;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Mutants that read a source wrongly fail exactly the checks of their rows. */
class ReadingMutantsTest {
  @TestFactory
  Stream<DynamicTest> every_mutant_fails_exactly_the_checks_of_its_row() {
    Set<String> names =
        ConnectorMatrix.ofReading().stream().map(Mutant::name).collect(Collectors.toSet());
    return ConnectorMatrix.matrix().eachMutantFailsItsRow(names::contains);
  }
}
