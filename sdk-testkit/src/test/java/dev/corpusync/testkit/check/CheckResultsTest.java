package dev.corpusync.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.testkit.profile.Profile;
import dev.corpusync.testkit.reference.ReferenceConnector;
import dev.corpusync.testkit.reference.TicketWire;
import dev.corpusync.testkit.report.Report;
import dev.corpusync.testkit.report.Result;
import dev.corpusync.testkit.report.Status;
import dev.corpusync.testkit.report.Waiver;
import dev.corpusync.testkit.subject.StoreFixture;
import dev.corpusync.testkit.subject.Subject;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Waivers: said, timed, and taken back. */
class CheckResultsTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);
  private static final CheckRunner.Outcome PASSED = new CheckRunner.Outcome.Passed();
  private static final CheckRunner.Outcome FAILED =
      new CheckRunner.Outcome.Failed(new AssertionError("[X] it broke"));

  private static Check check(String id) {
    return Areas.checks().stream().filter(c -> c.id().equals(id)).findFirst().orElseThrow();
  }

  private static Result enter(String check, CheckRunner.Outcome outcome, LocalDate expires) {
    Waiver waiver = new Waiver(check, "known", URI.create("https://issues.example/1"), expires);
    CheckResults results =
        new CheckResults()
            .about(
                Subject.of(new ReferenceConnector(), TicketWire.WIRE, StoreFixture.inMemory()),
                List.of(waiver));
    return results.enter(check(check), outcome, Duration.ofMillis(3), TODAY);
  }

  @Test
  void a_failure_that_was_said_is_waived_until_its_last_day() {
    Result result = enter("PAGE-02", FAILED, TODAY);
    assertThat(result.status()).isEqualTo(Status.WAIVED);
    assertThat(result.detail()).contains("known", "https://issues.example/1", "it broke");
  }

  @Test
  void after_that_it_fails_again() {
    Result result = enter("PAGE-02", FAILED, TODAY.minusDays(1));
    assertThat(result.status()).isEqualTo(Status.FAILED);
    assertThat(result.detail()).contains("expired on 2026-11-20", "it broke");
  }

  @Test
  void what_passes_needs_no_waiver() {
    Result result = enter("PAGE-02", PASSED, TODAY.plusDays(30));
    assertThat(result.status()).isEqualTo(Status.FAILED);
    assertThat(result.detail()).contains("no longer needed");
  }

  @Test
  void what_guards_people_cannot_be_waived() {
    List<String> fixed =
        Areas.checks().stream().map(Check::id).filter(id -> !Waiver.isPossibleFor(id)).toList();
    assertThat(fixed).contains("FIX-06", "PRIV-01", "DEL-02", "DEL-03", "OBS-01");
    for (String id : fixed) {
      Result result = enter(id, FAILED, TODAY.plusDays(30));
      assertThat(result.status()).as(id).isEqualTo(Status.FAILED);
      assertThat(result.detail()).as(id).contains("cannot be waived", "it broke");
    }
  }

  @Test
  void what_has_no_outcome_was_not_run() {
    CheckResults results = new CheckResults();
    results.enter(check("FIX-06"), PASSED, Duration.ofMillis(3), TODAY);
    Report report = results.report("acme.NotesTest", Profile.PROOF, "", Areas.checks());
    assertThat(report.results()).hasSameSizeAs(Areas.checks());
    assertThat(report.counts().get(Status.PASSED)).isEqualTo(1);
    assertThat(report.counts().get(Status.NOT_RUN)).isEqualTo(Areas.checks().size() - 1L);
    assertThat(report.badge()).isEqualTo(Report.Badge.NONE);
  }
}
