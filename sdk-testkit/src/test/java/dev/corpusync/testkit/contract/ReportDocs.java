package dev.corpusync.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.testkit.mutant.ConnectorMatrix;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the docs show of a report. */
final class ReportDocs {
  private ReportDocs() {}

  /** Its last line, but for the time. */
  static String summary(JsonNode report) {
    String except =
        report
            .path("notProved")
            .valueStream()
            .map(n -> n.path("what").asString())
            .collect(Collectors.joining(" and "));
    return "%s on %s: Certified%s. %s passed, %s not applicable, in … s"
        .formatted(
            report.path("connector").asString(),
            report.path("store").asString(),
            except.isEmpty() ? "" : " except " + except,
            report.path("counts").path("PASSED"),
            report.path("counts").path("NOT_APPLICABLE"));
  }

  /** The report that a contract has just written. */
  static JsonNode report(String contract) {
    return JsonMapper.shared().readTree(Path.of("target", "contract", contract + ".json").toFile());
  }

  /** The number of checks of each area, by what became of them. */
  static String areas(JsonNode report) {
    Map<String, Map<String, Integer>> areas = new LinkedHashMap<>();
    report
        .path("checks")
        .forEach(
            check ->
                areas
                    .computeIfAbsent(
                        ConnectorMatrix.area(check.path("check").asString()),
                        a -> new LinkedHashMap<>())
                    .merge(check.path("status").asString(), 1, Integer::sum));
    return "| area | passed | not applicable |\n|---|---|---|\n"
        + areas.entrySet().stream()
            .map(
                area -> {
                  int passed = area.getValue().getOrDefault("PASSED", 0);
                  int not = area.getValue().getOrDefault("NOT_APPLICABLE", 0);
                  assertThat(area.getValue().values().stream().mapToInt(n -> n).sum())
                      .as("checks of %s: %s", area.getKey(), area.getValue())
                      .isEqualTo(passed + not);
                  return "| "
                      + area.getKey()
                      + " | "
                      + passed
                      + " | "
                      + (not == 0 ? "" : not)
                      + " |\n";
                })
            .collect(Collectors.joining());
  }

  /** The reasons why checks say nothing about a connector. */
  static String reasons(JsonNode report) {
    Map<String, String> reasons = new LinkedHashMap<>();
    report
        .path("checks")
        .forEach(
            check -> {
              if (check.path("status").asString().equals("NOT_APPLICABLE")) {
                reasons.merge(
                    check.path("detail").asString(),
                    check.path("check").asString(),
                    (a, b) -> a + ", " + b);
              }
            });
    return reasons.entrySet().stream()
        .map(reason -> "* " + reason.getKey() + ": " + reason.getValue() + "\n")
        .collect(Collectors.joining());
  }
}
