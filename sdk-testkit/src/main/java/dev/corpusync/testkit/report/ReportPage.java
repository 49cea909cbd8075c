package dev.corpusync.testkit.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A report for people: one page that needs nothing else. */
final class ReportPage {
  private static final String STYLE =
      """
      body { font: 16px/1.5 system-ui, sans-serif; color: #1b1f24; max-width: 62rem;
             margin: 2rem auto; padding: 0 1rem }
      h1 { font-size: 1.6rem; margin-bottom: 0 } h2 { font-size: 1.1rem; margin: 2rem 0 .3rem }
      .badge { font-size: 1.2rem; font-weight: 600 } .facts { color: #57606a; margin-top: .2rem }
      table { border-collapse: collapse; width: 100% }
      td { border-top: 1px solid #d8dee4; padding: .3rem .6rem .3rem 0; vertical-align: top }
      td.id, td.time, td.status { white-space: nowrap } td.time { text-align: right }
      .failed { color: #b42318; font-weight: 600 } .passed { color: #1a7f37 }
      .waived, .not-run { color: #9a6700; font-weight: 600 } .not-applicable { color: #57606a }
      .should { color: #57606a; font-size: .85em } pre { white-space: pre-wrap; margin: .3rem 0;
             background: #f6f8fa; padding: .6rem; font-size: .85em }
      """;

  private ReportPage() {}

  static String of(Report report) {
    Map<String, List<Result>> areas =
        report.results().stream()
            .collect(Collectors.groupingBy(Result::area, LinkedHashMap::new, Collectors.toList()));
    return """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <title>%1$s: %2$s</title><style>
        %3$s</style></head><body>
        <h1>%1$s</h1>
        <p class="badge">%2$s</p>
        <p class="facts">%4$s<br>Store: %5$s. Seed: %6$d. Profile: %9$s. Streams: %10$s.%7$s</p>
        %11$s
        %8$s
        </body></html>
        """
        .formatted(
            escaped(report.connector()),
            escaped(report.verdict()),
            STYLE,
            escaped(report.summary()),
            escaped(report.store()),
            report.seed(),
            report.recording().isBlank()
                ? ""
                : " Compared with " + escaped(report.recording()) + ".",
            areas.entrySet().stream()
                .map(e -> area(e.getKey(), e.getValue()))
                .collect(Collectors.joining("\n")),
            report.profile(),
            escaped(String.join(", ", report.streams().tried())),
            notProved(report.notProved()));
  }

  private static String notProved(List<Report.NotProved> all) {
    return all.isEmpty()
        ? ""
        : "<h2>Not proved</h2>\n<ul>"
            + all.stream()
                .map(n -> "<li>" + escaped(n.what() + ": " + n.why()) + ".</li>")
                .collect(Collectors.joining("\n"))
            + "</ul>";
  }

  private static String area(String name, List<Result> results) {
    return "<h2>"
        + escaped(name)
        + "</h2>\n<table>\n"
        + results.stream().map(ReportPage::row).collect(Collectors.joining("\n"))
        + "\n</table>";
  }

  private static String row(Result result) {
    String detail = result.detail().isBlank() ? "" : "<pre>" + escaped(result.detail()) + "</pre>";
    return "<tr><td class=\"id\" id=\"%1$s\">%1$s</td><td>%2$s%3$s%4$s</td><td class=\"status %5$s\">%6$s</td><td class=\"time\">%7$s</td></tr>"
        .formatted(
            escaped(result.check()),
            escaped(result.rule()),
            result.must() ? "" : " <span class=\"should\">should</span>",
            detail,
            result.status().toString().replace(' ', '-'),
            result.status(),
            Report.seconds(result.took()));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
