package dev.corpusync.testkit.engine;

import static dev.corpusync.testkit.engine.Bench.KEY;
import static dev.corpusync.testkit.engine.Tickets.TICKET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.artifact.Item;
import dev.corpusync.document.Document;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.extract.ByIds;
import dev.corpusync.extract.Call;
import dev.corpusync.sync.FailedItem;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.Run.State;
import dev.corpusync.sync.Scope;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.transform.Lookups;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One bad record is data (P10). */
class FailedItemTest {
  private final Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.close();
  }

  private Bench tickets(int count) {
    IntStream.rangeClosed(1, count).forEach(i -> bench.ticket("t" + i, "text " + i));
    return bench;
  }

  @Test
  void one_bad_record_is_kept_as_failed_by_reference_and_the_page_continues() {
    tickets(3)
        .put(
            "/tickets",
            "bad",
            "\"visibility\":\"public\",\"subject\":17,\"text\":\"private words\"");
    try (Corpusync engine = bench.engine(new Tickets())) {
      Run run = engine.sync(KEY);
      assertThat(run.state()).isEqualTo(State.NEEDS_REVIEW);
      assertThat(run.counts()).extracting("seen", "stored", "failed").containsExactly(4L, 3L, 1L);
      FailedItem failed = engine.failures(KEY, 10).get(0);
      assertThat(failed.id()).isEqualTo("bad");
      assertThat(failed.reason()).contains("'subject'").doesNotContain("private words");
      assertThat(
              bench.store.checkpoints().checkpoint(KEY, Scope.of(TICKET)).orElseThrow().watermark())
          .as("nobody can fetch it by id: the watermark waits")
          .isEmpty();
      bench.ticket("bad", "mended");
      assertThat(engine.sync(KEY).state()).isEqualTo(State.SUCCEEDED);
      assertThat(engine.failures(KEY, 10)).isEmpty();
    }
  }

  @Test
  void an_authors_exception_never_carries_content_into_the_failure() {
    tickets(1);
    Tickets careless =
        new Tickets() {
          @Override
          public Document transform(Item ticket, Lookups lookups) {
            throw new IllegalStateException("cannot parse " + ticket.text("text"));
          }
        };
    try (Corpusync engine = bench.engine(careless)) {
      engine.sync(KEY);
      assertThat(engine.failures(KEY, 1).get(0).reason())
          .contains("IllegalStateException")
          .doesNotContain("text 1");
    }
  }

  /** With by-ids a failure is retried on its own and the watermark advances. */
  private static final class Retried extends Tickets
      implements dev.corpusync.connector.FetchedByIds {
    @Override
    public ByIds byIds() {
      return ByIds.each((at, id) -> Call.get("/one/{}", id));
    }
  }

  @Test
  void a_failed_item_is_retried_by_its_id_and_a_host_can_ask_for_it() {
    tickets(2).put("/tickets", "bad", "\"visibility\":\"public\",\"subject\":17");
    FakeAnswers.one(
        bench, "bad", FakeReply.json("{\"id\":\"bad\",\"visibility\":\"public\",\"subject\":18}"));
    try (Corpusync engine = bench.engine(new Retried())) {
      engine.sync(KEY);
      FailedItem failed = engine.failures(KEY, 1).get(0);
      assertThat(
              bench.store.checkpoints().checkpoint(KEY, Scope.of(TICKET)).orElseThrow().watermark())
          .isPresent();
      assertThat(engine.retry(KEY, failed).state())
          .as("it is as bad as before")
          .isEqualTo(State.NEEDS_REVIEW);
      assertThat(engine.failures(KEY, 1).get(0).attempts()).isEqualTo(2);
      Run run = engine.retry(KEY, failed);
      assertThat(run.state()).as("gone by now: %s", run.message()).isEqualTo(State.SUCCEEDED);
      assertThat(engine.failures(KEY, 1)).isEmpty();
    }
  }

  @Test
  void above_the_error_budget_the_run_fails_and_nothing_is_promoted_or_pruned() {
    tickets(30);
    try (Corpusync engine = bench.engine(new Tickets())) {
      engine.sync(KEY);
      Optional<Instant> watermark =
          bench.store.checkpoints().checkpoint(KEY, Scope.of(TICKET)).orElseThrow().watermark();
      IntStream.rangeClosed(1, 25)
          .forEach(i -> bench.put("/tickets", "t" + i, "\"visibility\":\"public\",\"subject\":[]"));
      bench.remove("/tickets", "t30");
      Run run = engine.resync(KEY);
      assertThat(run.state()).isEqualTo(State.FAILED);
      assertThat(run.message()).contains("error budget");
      assertThat(bench.store.corpus().count(KEY, Scope.of(TICKET))).isEqualTo(30);
      assertThat(
              bench.store.checkpoints().checkpoint(KEY, Scope.of(TICKET)).orElseThrow().watermark())
          .isEqualTo(watermark);
    }
  }
}
