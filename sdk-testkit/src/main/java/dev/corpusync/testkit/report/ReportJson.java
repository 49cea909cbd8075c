package dev.corpusync.testkit.report;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A report for machines. */
final class ReportJson {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ReportJson() {}

  static String of(Report report) {
    ObjectNode json = JSON.createObjectNode();
    json.put("contract", report.contract())
        .put("connector", report.connector())
        .put("store", report.store())
        .put("seed", report.seed())
        .put("profile", report.profile().toString())
        .put("recording", report.recording())
        .put("badge", report.badge().name())
        .put("verdict", report.verdict())
        .put("millis", report.took().toMillis());
    ArrayNode notProved = json.putArray("notProved");
    report
        .notProved()
        .forEach(n -> notProved.addObject().put("what", n.what()).put("why", n.why()));
    ArrayNode streams = json.putArray("streams");
    report.streams().tried().forEach(streams::add);
    ObjectNode counts = json.putObject("counts");
    report.counts().forEach((status, count) -> counts.put(status.name(), count));
    ArrayNode checks = json.putArray("checks");
    for (Result result : report.results()) {
      checks
          .addObject()
          .put("check", result.check())
          .put("rule", result.rule())
          .put("level", result.must() ? "MUST" : "SHOULD")
          .put("status", result.status().name())
          .put("detail", result.detail())
          .put("millis", result.took().toMillis());
    }
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
  }
}
