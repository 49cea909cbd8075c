package dev.corpusync.testkit.engine;

import static dev.corpusync.testkit.engine.Bench.KEY;
import static dev.corpusync.testkit.engine.Tickets.TICKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.artifact.Item;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.document.Document;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.error.ConnectorDefectException;
import dev.corpusync.error.InvalidConfigurationException;
import dev.corpusync.extract.Ask;
import dev.corpusync.extract.ByIds;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Extractor;
import dev.corpusync.extract.Page;
import dev.corpusync.extract.Source;
import dev.corpusync.feed.Change;
import dev.corpusync.store.Aspect;
import dev.corpusync.sync.FailedItem;
import dev.corpusync.sync.HeldDeletion;
import dev.corpusync.sync.Proof;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.Run.State;
import dev.corpusync.sync.Scope;
import dev.corpusync.sync.SyncCursor;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.Fault;
import dev.corpusync.transform.Lookups;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EngineTest {
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
  void a_sharp_drop_is_held_while_updates_go_on_and_the_host_decides() {
    tickets(100);
    try (Corpusync engine = bench.engine(new Tickets())) {
      engine.sync(KEY);
      IntStream.rangeClosed(1, 40).forEach(i -> bench.remove("/tickets", "t" + i));
      bench.ticket("t50", "changed");
      Run run = engine.resync(KEY);
      assertThat(run.state()).isEqualTo(State.ATTENTION);
      assertThat(run.message()).contains("40 of 100").contains("held");
      assertThat(run.counts().deleted()).isZero();
      assertThat(run.counts().stored()).isEqualTo(1);
      HeldDeletion plan = engine.heldDeletions(KEY).get(0);
      assertThat(plan.missing()).isEqualTo(40);

      bench.ticket("t7", "it is back");
      engine.sync(KEY);
      Run approved = engine.approve(KEY, plan.plan());
      assertThat(approved.counts().deleted())
          .as("what was listed again since is kept")
          .isEqualTo(39);
      assertThat(engine.heldDeletions(KEY)).isEmpty();
      assertThat(bench.store.corpus().count(KEY, Scope.of(TICKET))).isEqualTo(61);
    }
  }

  @Test
  void a_dismissed_deletion_deletes_nothing_and_is_found_again_by_the_next_full_listing() {
    tickets(60);
    try (Corpusync engine = bench.engine(new Tickets())) {
      engine.sync(KEY);
      IntStream.rangeClosed(1, 30).forEach(i -> bench.remove("/tickets", "t" + i));
      engine.resync(KEY);
      engine.dismiss(KEY, engine.heldDeletions(KEY).get(0).plan());
      assertThat(engine.heldDeletions(KEY)).isEmpty();
      assertThat(bench.store.corpus().count(KEY, Scope.of(TICKET))).isEqualTo(60);
      engine.resync(KEY);
      assertThat(engine.heldDeletions(KEY)).hasSize(1);
      assertThatThrownBy(() -> engine.approve(KEY, "nonsense"))
          .hasMessageContaining("names no held deletion");
    }
  }

  @Test
  void an_empty_answer_after_many_records_deletes_nothing() {
    tickets(50);
    try (Corpusync engine = bench.engine(new Tickets())) {
      engine.sync(KEY);
      bench.paths.put("/tickets", new java.util.TreeMap<>());
      engine.resync(KEY);
      assertThat(bench.store.corpus().count(KEY, Scope.of(TICKET))).isEqualTo(50);
    }
  }

  @Test
  void one_bad_record_is_kept_as_failed_by_reference_and_the_page_goes_on() {
    tickets(3)
        .put(
            "/tickets",
            "bad",
            "\"visibility\":\"public\",\"subject\":17,\"text\":\"private words\"");
    try (Corpusync engine = bench.engine(new Tickets())) {
      Run run = engine.sync(KEY);
      assertThat(run.state()).isEqualTo(State.ATTENTION);
      assertThat(run.counts()).extracting("seen", "stored", "failed").containsExactly(4L, 3L, 1L);
      FailedItem failed = engine.failures(KEY, 10).get(0);
      assertThat(failed.id()).isEqualTo("bad");
      assertThat(failed.reason()).contains("'subject'").doesNotContain("private words");
      assertThat(
              bench.store.checkpoints().progress(KEY, Scope.of(TICKET)).orElseThrow().watermark())
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

  /** With by-ids a failure is retried on its own and the watermark goes on. */
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
              bench.store.checkpoints().progress(KEY, Scope.of(TICKET)).orElseThrow().watermark())
          .isPresent();
      assertThat(engine.retry(KEY, failed).state())
          .as("it is as bad as before")
          .isEqualTo(State.ATTENTION);
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
          bench.store.checkpoints().progress(KEY, Scope.of(TICKET)).orElseThrow().watermark();
      IntStream.rangeClosed(1, 25)
          .forEach(i -> bench.put("/tickets", "t" + i, "\"visibility\":\"public\",\"subject\":[]"));
      bench.remove("/tickets", "t30");
      Run run = engine.resync(KEY);
      assertThat(run.state()).isEqualTo(State.FAILED);
      assertThat(run.message()).contains("error budget");
      assertThat(bench.store.corpus().count(KEY, Scope.of(TICKET))).isEqualTo(30);
      assertThat(
              bench.store.checkpoints().progress(KEY, Scope.of(TICKET)).orElseThrow().watermark())
          .isEqualTo(watermark);
    }
  }

  record Position(int page) implements SyncCursor {}

  /** Walks through positions by a rule, one record each. */
  private static Tickets walking(java.util.function.IntFunction<Optional<Integer>> next) {
    return new Tickets() {
      @Override
      public Source source() {
        return Source.extractor(
            new Extractor<Position>() {
              @Override
              public Class<Position> cursor() {
                return Position.class;
              }

              @Override
              public Page<Position> fetch(Ask<Position> ask) {
                int at = ask.position().map(Position::page).orElse(0);
                Page.Builder page = Page.of(ask.api().send(Call.get("/tickets")).records("data"));
                return next.apply(at)
                    .map(n -> page.next(new Position(n)))
                    .orElseGet(() -> page.end(Proof.SAID));
              }
            },
            Source.Changes.RELISTED);
      }
    };
  }

  @Test
  void a_cursor_that_comes_back_is_found_for_cycles_of_any_length() {
    tickets(1);
    for (int length : new int[] {1, 2, 3, 7, 40}) {
      try (Corpusync engine =
          bench.engine(walking(at -> Optional.of(at < 5 ? at + 1 : 5 + (at - 5 + 1) % length)))) {
        Run run = engine.sync(KEY);
        assertThat(run.state()).isEqualTo(State.FAILED);
        assertThat(run.message()).contains("leads back to a cursor");
        engine.disconnect(KEY);
      }
    }
  }

  @Test
  void a_cursor_of_an_older_format_means_a_full_resync_and_says_so() {
    tickets(2);
    FakeAnswers.stop(bench, 2);
    try (Corpusync engine =
        bench.engine(walking(at -> at < 3 ? Optional.of(at + 1) : Optional.empty()))) {
      assertThat(engine.sync(KEY).state()).isEqualTo(State.FAILED);
    }
    bench.server.heal();
    try (Corpusync engine = bench.engine(new Tickets())) {
      assertThat(engine.sync(KEY).state()).isEqualTo(State.SUCCEEDED);
      assertThat(bench.notices).anyMatch(n -> n.contains("older format"));
      assertThat(engine.runs(KEY, 1).get(0).message()).contains("full resync");
    }
  }

  @Test
  void another_connectors_cursor_is_an_error_and_changes_nothing() {
    tickets(2);
    FakeAnswers.stop(bench, 2);
    try (Corpusync engine =
        bench.engine(walking(at -> at < 3 ? Optional.of(at + 1) : Optional.empty()))) {
      engine.sync(KEY);
    }
    bench.server.heal();
    var stored =
        bench
            .store
            .checkpoints()
            .progress(KEY, Scope.of(TICKET))
            .orElseThrow()
            .pass()
            .orElseThrow()
            .next()
            .orElseThrow();
    assertThat(stored.owner()).isEqualTo("bench/ticket");
    assertThatThrownBy(() -> bench.connected(bench.builder("other", new Tickets()), "other"))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("another connector");
  }

  @Test
  void the_watermark_is_the_sources_time_of_the_first_reply() {
    tickets(1);
    bench.time.advance(Duration.ofHours(5));
    try (Corpusync engine = bench.engine(new Tickets())) {
      engine.sync(KEY);
      assertThat(
              bench.store.checkpoints().progress(KEY, Scope.of(TICKET)).orElseThrow().watermark())
          .contains(Instant.parse("2026-03-01T09:00:00Z"));
      engine.sync(KEY);
      assertThat(bench.server.exchanges().get(1).query().get("since"))
          .containsExactly("2026-03-01T08:59:00Z");
    }
  }

  @Test
  void a_worker_that_was_paused_past_its_lease_writes_nothing_any_more() {
    tickets(3);
    try (Corpusync engine = bench.engine(new Tickets())) {
      boolean[] once = {false};
      bench.server.before(
          n -> {
            if (!once[0]) {
              once[0] = true;
              bench.time.advance(Duration.ofHours(2));
              assertThat(
                      bench
                          .store
                          .leases()
                          .tryAcquire(KEY, bench.time.now(), bench.time.now().plusSeconds(60)))
                  .isPresent();
            }
          });
      assertThatThrownBy(() -> engine.sync(KEY))
          .isInstanceOf(dev.corpusync.error.LeaseLostException.class);
      assertThat(bench.store.corpus().count(KEY, Scope.of(TICKET))).isZero();
      assertThat(engine.sync(KEY).state()).as("another worker holds it").isEqualTo(State.BUSY);
      bench.time.advance(Duration.ofHours(1));
      assertThat(engine.sync(KEY).state()).isEqualTo(State.SUCCEEDED);
      assertThat(engine.runs(KEY, 5))
          .extracting(Run::state)
          .containsExactly(State.SUCCEEDED, State.ABANDONED);
    }
  }

  @Test
  void cancelling_ends_a_run_between_two_pages_and_the_next_one_resumes() {
    tickets(2);
    try (Corpusync engine =
        bench.engine(
            b -> b.prefetch(false),
            walking(at -> at < 9 ? Optional.of(at + 1) : Optional.empty()))) {
      bench.server.before(
          n -> {
            if (n == 4) {
              engine.cancel(KEY);
            }
          });
      assertThat(engine.sync(KEY).state()).isEqualTo(State.CANCELLED);
      int asked = bench.server.count();
      assertThat(asked).isEqualTo(4);
      bench.server.before(n -> {});
      assertThat(engine.sync(KEY).state()).isEqualTo(State.SUCCEEDED);
      assertThat(bench.server.count() - asked).isEqualTo(6);
    }
  }

  @Test
  void an_executor_that_never_runs_anything_costs_only_speed() {
    tickets(2);
    Executor lazy = task -> {};
    try (Corpusync engine =
        bench.engine(
            b -> b.executor(lazy).parallelism(4),
            walking(at -> at < 5 ? Optional.of(at + 1) : Optional.empty()))) {
      assertThat(engine.sync(KEY).state()).isEqualTo(State.SUCCEEDED);
    }
  }

  @Test
  void a_raised_version_derives_stored_documents_again_without_a_request_for_them() {
    tickets(3);
    try (Corpusync engine = bench.engine(new Tickets())) {
      engine.sync(KEY);
      Bench.changes(engine);
    }
    bench.paths.put("/tickets", new java.util.TreeMap<>());
    Tickets newer =
        new Tickets() {
          @Override
          public int version() {
            return 2;
          }

          @Override
          public Document transform(Item ticket, Lookups lookups) {
            return Document.titled("New: " + ticket.text("subject"))
                .body(ticket.findText("text"))
                .build();
          }
        };
    try (Corpusync engine = bench.engine(newer)) {
      engine.sync(KEY);
      List<Change> changes = Bench.changes(engine);
      assertThat(changes)
          .hasSize(3)
          .allSatisfy(
              c -> assertThat(((Change.Stored) c).aspects()).containsExactly(Aspect.METADATA));
      assertThat(((Change.Stored) changes.get(0)).document().title()).startsWith("New: ");
    }
  }

  @Test
  void a_schedule_runs_what_is_due_and_a_disconnected_connection_no_more() {
    tickets(1);
    try (Corpusync engine = bench.engine(new Tickets())) {
      engine.sync(KEY);
      engine.disconnect(KEY);
      assertThat(bench.store.connections().find(KEY)).isEmpty();
      assertThat(bench.store.corpus().count(KEY, Scope.of(TICKET))).isZero();
      assertThatThrownBy(() -> engine.sync(KEY))
          .isInstanceOf(InvalidConfigurationException.class)
          .hasMessageContaining("does not exist");
    }
  }

  @Test
  void a_subscriber_hears_that_a_connection_is_gone_once() {
    tickets(2);
    try (Corpusync engine = bench.engine(new Tickets())) {
      engine.sync(KEY);
      Bench.changes(engine);
      engine.disconnect(KEY);
      assertThat(Bench.changes(engine)).singleElement().isInstanceOf(Change.Disconnected.class);
      assertThat(Bench.changes(engine)).isEmpty();
    }
  }

  @Test
  void inserting_a_paragraph_at_the_front_of_fifty_tells_of_one_chunk() {
    String text =
        String.join("\\n\\n", IntStream.range(0, 50).mapToObj(i -> "Paragraph " + i).toList());
    bench.ticket("t1", text);
    try (Corpusync engine = bench.engine(new Tickets())) {
      engine.sync(KEY);
      Bench.changes(engine);
      bench.ticket("t1", "A new one.\\n\\n" + text);
      engine.sync(KEY);
      Change.Stored change = (Change.Stored) Bench.changes(engine).get(0);
      assertThat(change.aspects()).containsExactly(Aspect.CONTENT);
      assertThat(change.changedChunks()).hasSize(1);
      assertThat(change.removedChunks()).isEmpty();
      assertThat(change.document().chunks()).hasSize(51);
      assertThat(change.document().chunks().get(0).text()).isEqualTo("A new one.");
    }
  }

  @Test
  void what_was_hidden_before_delivery_is_not_told() {
    tickets(2);
    try (Corpusync engine = bench.engine(new Tickets())) {
      engine.sync(KEY);
      Bench.changes(engine);
      bench.ticket("t1", "a secret that leaked for a minute");
      engine.sync(KEY);
      bench.put("/tickets", "t1", "\"visibility\":\"private\",\"subject\":\"x\"");
      engine.sync(KEY);
      assertThat(Bench.changes(engine)).singleElement().isInstanceOf(Change.Deleted.class);
    }
  }

  @Test
  void trouble_names_what_was_tried_and_what_to_do() {
    tickets(1);
    try (Corpusync engine = bench.engine(new Tickets())) {
      bench.server.faultAlways(
          Fault.answers(
              FakeReply.bytes(
                  200, "text/html", "<html>login</html>".getBytes(StandardCharsets.UTF_8))));
      assertThat(engine.sync(KEY).message()).contains("GET /tickets").contains("login page");
      bench.server.faultAlways(Fault.status(401));
      assertThat(engine.sync(KEY).message()).contains("401").contains("Authorise");
      bench.server.faultAlways(Fault.rateLimited(Duration.ofHours(2)));
      Run waiting = engine.sync(KEY);
      assertThat(waiting.state()).isEqualTo(State.WAITING);
      assertThat(waiting.message()).contains("PT2H");
      bench.server.faultAlways(Fault.answers(FakeReply.json("{\"data\":[{]")));
      assertThat(engine.sync(KEY).state()).isIn(State.FAILED, State.WAITING);
    }
  }

  @Test
  void bad_configuration_is_refused_by_name() {
    try (Corpusync engine = bench.engine(new Tickets())) {
      assertThatThrownBy(
              () ->
                  engine.connect(
                      new ConnectionKey("a", "b"),
                      "nope",
                      Map.of(),
                      () -> dev.corpusync.auth.Secret.of("x")))
          .hasMessageContaining("'nope' is not registered")
          .hasMessageContaining("bench");
      assertThatThrownBy(
              () ->
                  engine.connect(
                      new ConnectionKey("a", "b"),
                      "bench",
                      Map.of("base_url", "ftp://s3cret"),
                      () -> dev.corpusync.auth.Secret.of("x")))
          .hasMessageContaining("'base_url'")
          .hasMessageNotContaining("s3cret");
      assertThatThrownBy(
              () ->
                  bench
                      .builder("bench", new Tickets())
                      .connector(Bench.connector("bench", new Tickets())))
          .isInstanceOf(ConnectorDefectException.class)
          .hasMessageContaining("two connectors have the id 'bench'");
      assertThatThrownBy(() -> bench.builder("twice", new Tickets(), new Tickets()))
          .hasMessageContaining("two streams of the kind 'ticket'");
    }
  }
}
