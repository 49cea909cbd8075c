package dev.corpusync.testkit.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.testkit.profile.Profile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a report says, and which badge it gives. */
class ReportTest {
  @TempDir Path folder;

  private static Result result(String check, boolean must, Status status) {
    return new Result(
        check,
        "A rule with <b>",
        must,
        status,
        status == Status.PASSED ? "" : "a & b",
        Duration.ofMillis(1_250));
  }

  private static Report report(Result... results) {
    return report(Profile.PROOF, results);
  }

  private static Report report(Profile profile, Result... results) {
    return report(new Report.Streams(List.of("note"), List.of()), profile, results);
  }

  private static Report report(Report.Streams streams, Profile profile, Result... results) {
    return new Report(
        "acme.NotesTest", "notes", "memory", 7, profile, "", streams, List.of(results));
  }

  @Test
  void what_no_check_was_about_is_said_beside_the_badge() throws Exception {
    Report report =
        report(
            new Report.Streams(List.of("note"), List.of("memo")),
            Profile.PROOF,
            result("PAGE-01", true, Status.PASSED),
            result("PERM-01", true, Status.NOT_APPLICABLE),
            result("PERM-02", true, Status.NOT_APPLICABLE),
            result("PRIV-02", true, Status.NOT_APPLICABLE),
            result("PRIV-15", true, Status.PASSED));
    assertThat(report.badge()).isEqualTo(Report.Badge.CERTIFIED);
    assertThat(report.summary())
        .contains("Certified except permissions and private records and the stream 'memo'.");
    assertThat(Files.readString(report.write(folder)))
        .contains("Certified except permissions", "<h2>Not proved</h2>", "Streams: note.")
        .contains("Records.restricted()", "Records.visibility()", "the stream 'memo'");
    JsonNode json =
        JsonMapper.builder().build().readTree(folder.resolve("acme.NotesTest.json").toFile());
    assertThat(json.get("verdict").stringValue()).startsWith("Certified except permissions");
    assertThat(json.get("notProved")).hasSize(3);
  }

  @Test
  void one_check_of_permissions_and_one_of_private_records_say_all() {
    Report report =
        report(
            result("PERM-01", true, Status.PASSED),
            result("PERM-02", true, Status.NOT_APPLICABLE),
            result("PRIV-02", true, Status.NOT_APPLICABLE),
            result("PRIV-04", true, Status.PASSED));
    assertThat(report.verdict()).isEqualTo("Certified");
    assertThat(report.notProved()).isEmpty();
  }

  @Test
  void a_quick_run_has_no_badge_and_says_so_in_its_line_and_on_its_page() throws Exception {
    Report quick = report(Profile.QUICK, result("PAGE-01", true, Status.PASSED));
    assertThat(quick.badge()).isEqualTo(Report.Badge.QUICK);
    assertThat(quick.summary()).contains("Quick run, no badge").doesNotContain("Certified");
    assertThat(Files.readString(quick.write(folder)))
        .contains("Quick run, no badge", "Profile: quick")
        .doesNotContain("Certified", "Conformant");
  }

  @Test
  void a_quick_run_that_fails_what_must_pass_is_not_conformant() {
    assertThat(report(Profile.QUICK, result("PAGE-01", true, Status.FAILED)).badge())
        .isEqualTo(Report.Badge.NONE);
  }

  @Test
  void the_long_runs_earn_the_badge_too() {
    assertThat(report(Profile.LONG, result("PAGE-01", true, Status.PASSED)).badge())
        .isEqualTo(Report.Badge.CERTIFIED);
  }

  @Test
  void everything_passed_or_not_applicable_is_certified() {
    assertThat(
            report(
                    result("PAGE-01", true, Status.PASSED),
                    result("PAGE-02", true, Status.NOT_APPLICABLE),
                    result("PAGE-16", false, Status.PASSED))
                .badge())
        .isEqualTo(Report.Badge.CERTIFIED);
  }

  @Test
  void what_only_should_pass_costs_the_certificate() {
    for (Status status : List.of(Status.FAILED, Status.WAIVED, Status.NOT_RUN)) {
      assertThat(
              report(result("PAGE-01", true, Status.PASSED), result("PAGE-16", false, status))
                  .badge())
          .as("with a SHOULD that is %s", status)
          .isEqualTo(Report.Badge.CONFORMANT);
    }
  }

  @Test
  void what_must_pass_and_does_not_leaves_no_badge() {
    for (Status status : List.of(Status.FAILED, Status.WAIVED, Status.NOT_RUN)) {
      assertThat(
              report(result("PAGE-01", true, status), result("PAGE-16", false, Status.PASSED))
                  .badge())
          .as("with a MUST that is %s", status)
          .isEqualTo(Report.Badge.NONE);
    }
  }

  @Test
  void it_is_written_for_machines_and_for_people() throws Exception {
    Report report =
        report(result("PAGE-01", true, Status.PASSED), result("DEL-02", true, Status.FAILED));
    String page = Files.readString(report.write(folder));
    JsonNode json =
        JsonMapper.builder().build().readTree(folder.resolve("acme.NotesTest.json").toFile());

    assertThat(report.summary())
        .isEqualTo("notes on memory: Not conformant. 1 passed, 1 failed, in 2.5 s");
    assertThat(page)
        .contains("<h2>PAGE</h2>", "<h2>DEL</h2>", "id=\"DEL-02\"", "class=\"status failed\"")
        .contains("A rule with &lt;b&gt;", "a &amp; b")
        .doesNotContain("<b>");
    assertThat(json.get("badge").stringValue()).isEqualTo("NONE");
    assertThat(json.get("checks")).hasSize(2);
    assertThat(json.get("checks").get(1).get("status").stringValue()).isEqualTo("FAILED");
    assertThat(json.get("counts").get("PASSED").intValue()).isEqualTo(1);
  }
}
