package dev.corpusync.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.testkit.check.Areas;
import dev.corpusync.testkit.check.Check;
import dev.corpusync.testkit.mutant.ConnectorMatrix;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The page of the checks says of each what the check says of itself, and names its mutants. */
class CheckDocsTest {
  private static final DocsPage PAGE = new DocsPage("checks.md");

  private static Map<String, List<Check>> areas() {
    return Areas.checks().stream()
        .collect(
            Collectors.groupingBy(
                check -> ConnectorMatrix.area(check.id()),
                LinkedHashMap::new,
                Collectors.toList()));
  }

  @TestFactory
  Stream<DynamicTest> every_area_is_shown() {
    Map<String, List<String>> mutants = ConnectorMatrix.matrix().mutantsByCheck();
    return areas().entrySet().stream()
        .map(
            area ->
                DynamicTest.dynamicTest(
                    area.getKey(),
                    () ->
                        PAGE.shows(
                            "checks of " + area.getKey(),
                            area.getValue().stream()
                                .sorted(java.util.Comparator.comparing(Check::id))
                                .map(check -> section(check, mutants.get(check.id())))
                                .collect(Collectors.joining()))));
  }

  @Test
  void every_check_of_a_connector_is_explained() {
    assertThat(Areas.checks())
        .allSatisfy(
            check ->
                assertThat(List.of(check.rule(), check.does(), check.why(), check.whenItFails()))
                    .as("what %s says of itself", check.id())
                    .noneMatch(String::isBlank));
  }

  private static String section(Check check, List<String> mutants) {
    return "\n### "
        + check.id()
        + (check.level() == Check.Level.SHOULD ? " (should)" : "")
        + "\n"
        + check.rule()
        + ".\n\n"
        + check.does()
        + "\n\n* *Why:* "
        + check.why()
        + "\n* *When it fails:* "
        + check.whenItFails()
        + "\n* *Mutants:* "
        + mutants.stream().map(name -> '"' + name + '"').collect(Collectors.joining(", "))
        + "\n";
  }
}
