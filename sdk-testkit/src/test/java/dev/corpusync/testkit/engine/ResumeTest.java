package dev.corpusync.testkit.engine;

import static dev.corpusync.testkit.engine.Bench.KEY;
import static dev.corpusync.testkit.engine.Tickets.TICKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.artifact.Payload;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.error.ConnectionExistsException;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Extractor;
import dev.corpusync.extract.FetchRequest;
import dev.corpusync.extract.Page;
import dev.corpusync.extract.Source;
import dev.corpusync.sync.Proof;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.Run.State;
import dev.corpusync.sync.Scope;
import dev.corpusync.sync.SyncCursor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Cursors, watermarks, leases, cancellation (P2, P3, P4). */
class ResumeTest {
  private final Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.close();
  }

  private Bench tickets(int count) {
    IntStream.rangeClosed(1, count).forEach(i -> bench.ticket("t" + i, "text " + i));
    return bench;
  }

  record Position(int page) implements SyncCursor {}

  /** Walks through positions by a rule, one record each. */
  private static Tickets walking(IntFunction<Optional<Integer>> next) {
    return walking(next, 1);
  }

  private static Tickets walking(IntFunction<Optional<Integer>> next, int requests) {
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
              public Page<Position> fetch(FetchRequest<Position> ask) {
                int at = ask.position().map(Position::page).orElse(0);
                List<Payload> records = List.of();
                for (int i = 0; i < requests; i++) {
                  records = ask.api().send(Call.get("/tickets")).records("data");
                }
                Page.Builder page = Page.of(at % 2 == 0 ? records : List.of());
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

  /** It would hold the whole corpus in memory, and lose it to a crash. */
  @Test
  void an_extractor_that_walks_the_listing_by_itself_is_stopped() {
    tickets(2);
    try (Corpusync engine =
        bench.engine(
            walking(
                at -> {
                  throw new IllegalStateException("not reached");
                },
                11))) {
      Run run = engine.sync(KEY);
      assertThat(run.state()).isEqualTo(State.FAILED);
      assertThat(run.message()).contains("more than the 10 requests").doesNotContain("not reached");
      assertThat(bench.server.count()).isEqualTo(10);
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
            .checkpoint(KEY, Scope.of(TICKET))
            .orElseThrow()
            .pass()
            .orElseThrow()
            .next()
            .orElseThrow();
    assertThat(stored.owner()).isEqualTo("bench/ticket");
    assertThatThrownBy(() -> bench.connected(bench.builder("other", new Tickets()), "other"))
        .isInstanceOf(ConnectionExistsException.class)
        .hasMessageContaining("another connector");
  }

  @Test
  void the_watermark_is_the_sources_time_of_the_first_reply() {
    tickets(1);
    bench.time.advance(Duration.ofHours(5));
    try (Corpusync engine = bench.engine(new Tickets())) {
      engine.sync(KEY);
      assertThat(
              bench.store.checkpoints().checkpoint(KEY, Scope.of(TICKET)).orElseThrow().watermark())
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
      assertThat(engine.sync(KEY).state()).as("its lease is lost").isEqualTo(State.FENCED);
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
}
