package dev.corpusync.testkit.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.artifact.Item;
import dev.corpusync.connector.Connector;
import dev.corpusync.extract.Extractor;
import dev.corpusync.extract.FetchRequest;
import dev.corpusync.extract.Page;
import dev.corpusync.extract.Source;
import dev.corpusync.testkit.mutant.StatefulExtractors.At;
import dev.corpusync.testkit.mutant.StatefulExtractors.ByPlace;
import dev.corpusync.testkit.reference.ReferenceConnector;
import dev.corpusync.testkit.reference.TicketWire;
import dev.corpusync.testkit.subject.StoreFixture;
import dev.corpusync.testkit.subject.Subject;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Whatever a connector does: a failed check with a clear message, never a hang, never a pass. */
class BadConnectorTest {
  private static Map<String, String> failures(Connector connector, String... areas) {
    return failures(Duration.ofSeconds(3), connector, areas);
  }

  /**
   * @param limit of real time for each check
   */
  private static Map<String, String> failures(
      Duration limit, Connector connector, String... areas) {
    Subject subject = Subject.of(connector, TicketWire.WIRE, StoreFixture.inMemory());
    return ConnectorMatrix.failures(
        () -> subject, id -> Set.of(areas).contains(ConnectorMatrix.area(id)), limit);
  }

  private static Connector with(Extractor<?> extractor) {
    Source source = Source.extractor(extractor, Source.Changes.SINCE);
    return new ReferenceConnector() {
      @Override
      public Source source() {
        return source;
      }
    };
  }

  private static final class Blocks extends ByPlace {
    @Override
    public Page<At> fetch(FetchRequest<At> ask) {
      while (true) {
        try {
          new CountDownLatch(1).await();
        } catch (InterruptedException e) {
          // Nor does it stop when it is asked to.
        }
      }
    }
  }

  @Test
  void one_that_blocks_for_ever_fails_with_the_place_where_it_is() {
    assertThat(failures(with(new Blocks()), "FIX").get("FIX-06"))
        .contains("did not end within 3 s", "BadConnectorTest$Blocks.fetch");
  }

  @Test
  void one_that_answers_null_fails_by_name() {
    Connector nothing =
        with(
            new ByPlace() {
              @Override
              @SuppressWarnings("NullAway")
              public Page<At> fetch(FetchRequest<At> ask) {
                return null;
              }
            });
    assertThat(failures(nothing, "FIX").get("FIX-06"))
        .contains("the extractor of 'ticket' returned null")
        .doesNotContain("NullPointerException");
  }

  @Test
  void one_that_throws_an_error_fails() {
    Connector broken =
        new ReferenceConnector() {
          @Override
          public String id(Item ticket) {
            throw new StackOverflowError();
          }
        };
    assertThat(failures(broken, "FIX").get("FIX-06")).contains("StackOverflowError");
  }

  @Test
  void one_that_catches_Throwable_is_seen() {
    // It is slow, and must not be taken for one that never ends.
    Connector slow = with(new StatefulExtractors.TriesAgain());
    assertThat(failures(Duration.ofMinutes(1), slow, "CRASH").get("CRASH-05"))
        .contains("something caught the Error and continued");
  }

  @Test
  void one_that_calls_another_host_is_stopped() {
    Mutant elsewhere =
        DeterminismMutants.all().stream()
            .filter(m -> m.name().equals("looks at another host"))
            .findFirst()
            .orElseThrow();
    Map<String, String> failures = failures(elsewhere.subject().connector(), "FIX", "DET");
    assertThat(failures.get("FIX-05")).contains("192.0.2.7");
    assertThat(failures(elsewhere.subject().connector(), "DET").get("DET-03"))
        .contains("uses java.net.URL.openStream");
  }

  @Test
  void one_that_reads_the_wall_clock_is_told_where() {
    Mutant clock =
        DeterminismMutants.all().stream()
            .filter(m -> m.name().equals("lets a helper read the wall clock"))
            .findFirst()
            .orElseThrow();
    assertThat(failures(clock.subject().connector(), "DET").get("DET-02"))
        .contains("DeterminismMutants$Helper uses java.lang.System.currentTimeMillis");
  }
}
