package dev.corpusync.testkit.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.testkit.mutant.UnusualConnectors.Right;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Right connectors pass the checks that once took them for wrong, and those of the fixture. With
 * {@code -Dcorpusync.matrix=whole} they are shown to all checks.
 */
class UnusualConnectorsTest {
  private static final boolean WHOLE = System.getProperty("corpusync.matrix", "").equals("whole");

  @TestFactory
  Stream<DynamicTest> a_right_connector_fails_nothing() {
    return UnusualConnectors.right().stream()
        .filter(r -> r.connector().name().matches(System.getProperty("corpusync.mutants", ".*")))
        .map(right -> DynamicTest.dynamicTest(right.connector().name(), () -> failsNothing(right)));
  }

  private static void failsNothing(Right right) {
    Map<String, String> failures =
        ConnectorMatrix.failures(
            right.connector().subjects(),
            check ->
                WHOLE || ConnectorMatrix.area(check).equals("FIX") || right.once().contains(check));
    assertThat(failures.keySet())
        .as("checks that '%s' fails:\n%s", right, String.join("\n", failures.values()))
        .isEqualTo(Map.of().keySet());
  }
}
