package dev.corpusync.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The parts of {@code docs/reports.md} that come from real runs. */
final class ReportPageText {
  private static final Path PAGE =
      Path.of(System.getProperty("corpusync.root", ".."), "docs", "reports.md");
  private static final boolean WRITES = System.getProperty("corpusync.docs", "").equals("write");

  private ReportPageText() {}

  /** The page shows this under this name. */
  static void shows(String name, String text) {
    try {
      String page = Files.readString(PAGE);
      String begin = "<!-- " + name + " -->\n";
      int from = page.indexOf(begin) + begin.length();
      int to = page.indexOf("<!-- end -->", from);
      if (WRITES) {
        Files.writeString(PAGE, page.substring(0, from) + text + page.substring(to));
      } else {
        assertThat(page.substring(from, to))
            .as("what docs/reports.md shows as '%s'; -Dcorpusync.docs=write writes it anew", name)
            .isEqualTo(text);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String block(String text) {
    return "```\n" + text.strip() + "\n```\n";
  }

  /** The report that a contract has just written. */
  static JsonNode report(Class<?> contract) {
    return JsonMapper.shared()
        .readTree(Path.of("target", "contract", contract.getName() + ".json").toFile());
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
                        KillMatrix.area(check.path("check").asString()), a -> new LinkedHashMap<>())
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
