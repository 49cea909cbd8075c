package dev.corpusync.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.corpusync.connector.Connector;
import dev.corpusync.testkit.mutant.ConnectorMatrix;
import dev.corpusync.testkit.mutant.Mutant;
import dev.corpusync.testkit.mutant.PagingMutants;
import dev.corpusync.testkit.profile.Profile;
import dev.corpusync.testkit.reference.ReferenceConnector;
import dev.corpusync.testkit.reference.ReferenceContractTest;
import dev.corpusync.testkit.reference.TicketWire;
import dev.corpusync.testkit.trial.Trial;
import dev.corpusync.testkit.wire.Wire;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import tools.jackson.databind.JsonNode;

/** What an author sees of a contract that JUnit runs. */
class ContractRunTest {
  private static final DocsPage PAGE = new DocsPage("reports.md");

  static class FirstPageOnly extends ConnectorContract {
    @Override
    protected Connector connector() {
      return PagingMutants.connector(PagingMutants.own(PagingMutants.firstPageOnly()));
    }

    @Override
    protected Wire wire() {
      return TicketWire.WIRE;
    }
  }

  /** A wire format that cannot even be made. */
  static class Unmade extends ConnectorContract {
    @Override
    protected Connector connector() {
      return new ReferenceConnector();
    }

    @Override
    protected Wire wire() {
      throw new IllegalStateException("no wire format yet");
    }
  }

  private static EngineExecutionResults run(Class<?> contract) {
    return EngineTestKit.engine("junit-jupiter").selectors(selectClass(contract)).execute();
  }

  private static List<String> failures(EngineExecutionResults results) {
    return results.testEvents().failed().stream()
        .map(e -> e.getRequiredPayload(TestExecutionResult.class))
        .map(r -> String.valueOf(r.getThrowable().orElseThrow().getMessage()))
        .toList();
  }

  @Test
  void an_unsound_fixture_is_red_and_the_rest_is_not_run() {
    EngineExecutionResults results = run(FirstPageOnly.class);

    assertThat(failures(results)).singleElement().asString().startsWith("[FIX-06]");
    assertThat(results.testEvents().succeeded().count()).isEqualTo(5);
    assertThat(results.containerEvents().failed().stream())
        .as("the contract itself fails, since most of it was not run")
        .singleElement()
        .satisfies(
            e ->
                assertThat(
                        e.getRequiredPayload(TestExecutionResult.class)
                            .getThrowable()
                            .orElseThrow()
                            .getMessage())
                    .contains("were not run", "PAGE-01", "corpusync.partial"));
  }

  @Test
  void a_message_says_the_rule_what_was_seen_and_how_to_see_it_again() {
    assertThat(failures(run(FirstPageOnly.class)).get(0))
        .contains(
            "[FIX-06] A first sync stores exactly what is visible",
            "injected: nothing",
            "seen:     [what is wrong with the documents after a first sync",
            "is missing",
            "trace:    #1 GET /tickets -> 200",
            "again:    mvn test -Dtest='",
            "#a_first_sync_stores_exactly_what_is_visible",
            "-Dcorpusync.seed=",
            "why:      docs/checks.md#fix-06")
        .doesNotContain("NullPointerException", Trial.SECRET);
  }

  @Test
  void a_subject_that_cannot_be_made_is_a_failed_check() {
    assertThat(failures(run(Unmade.class)))
        .isNotEmpty()
        .allSatisfy(m -> assertThat(m).startsWith("[FIX-").contains("no wire format yet"));
  }

  @Test
  void the_reference_is_green() {
    EngineExecutionResults results = run(ReferenceContractTest.class);
    assertThat(failures(results)).isEmpty();
    assertThat(results.testEvents().succeeded().count()).isPositive();
    assertThat(results.containerEvents().failed().count()).isZero();

    JsonNode report = ReportDocs.report(ReferenceContractTest.class.getName());
    assertThat(report.path("badge").asString())
        .isEqualTo(Profile.current() == Profile.QUICK ? "QUICK" : "CERTIFIED");
    PAGE.shows(
        "certified", DocsPage.block(ReportDocs.summary(report)) + "\n" + ReportDocs.areas(report));
    PAGE.shows("not applicable", ReportDocs.reasons(report));
  }

  @Test
  void a_red_check_looks_as_the_page_shows_it() {
    Mutant wrong = ConnectorMatrix.mutant("takes a broken page for the end");
    String message = ConnectorMatrix.failures(wrong.subjects(), "DEL-02"::equals).get("DEL-02");
    PAGE.shows("red", DocsPage.block(String.valueOf(message)));
  }
}
