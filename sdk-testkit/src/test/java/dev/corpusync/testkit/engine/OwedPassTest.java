package dev.corpusync.testkit.engine;

import static dev.corpusync.testkit.engine.Bench.KEY;
import static dev.corpusync.testkit.engine.Tickets.TICKET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.document.Kind;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.extract.Source;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.Run.State;
import dev.corpusync.sync.Scope;
import dev.corpusync.testkit.fake.Fault;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A full pass that is owed is carried out by the next sync, however the run ended that owed it. */
class OwedPassTest {
  private static final Kind NEWS = Kind.of("news");
  private final Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.close();
  }

  private static Tickets news() {
    return new Tickets() {
      @Override
      public Kind kind() {
        return NEWS;
      }

      @Override
      public Source source() {
        return Source.listing(listing("/news"))
            .changedSince(Duration.ofMinutes(1), (call, t) -> call.query("since", t));
      }
    };
  }

  private Corpusync synced() {
    IntStream.rangeClosed(1, 8).forEach(i -> bench.ticket("t" + i, "text " + i));
    IntStream.rangeClosed(1, 8)
        .forEach(i -> bench.put("/news", "n" + i, "\"visibility\":\"public\",\"subject\":\"n\""));
    Corpusync engine = bench.engine(new Tickets(), news());
    assertThat(engine.sync(KEY).state()).isEqualTo(State.SUCCEEDED);
    bench.remove("/tickets", "t1").remove("/news", "n1");
    return engine;
  }

  private int stored(Kind kind) {
    return bench.store.corpus().count(KEY, Scope.of(kind));
  }

  @Test
  void a_resync_that_failed_is_carried_out_by_the_next_sync_in_each_stream() {
    try (Corpusync engine = synced()) {
      bench.server.fault("/tickets", 2, Fault.status(400));
      bench.server.fault("/news", 2, Fault.status(400));
      assertThat(engine.resync(KEY).state()).isEqualTo(State.FAILED);
      Run next = engine.sync(KEY);
      assertThat(next.state()).isEqualTo(State.SUCCEEDED);
      assertThat(next.message()).contains("read in full", "resync");
      assertThat(stored(TICKET)).isEqualTo(7);
      assertThat(stored(NEWS)).isEqualTo(7);
      assertThat(engine.sync(KEY).message()).as("paid once").doesNotContain("in full");
    }
  }

  @Test
  void a_resync_that_ended_before_it_had_begun_a_stream_is_owed_by_that_stream() {
    try (Corpusync engine = synced()) {
      bench.server.fault("/tickets", 2, Fault.status(401));
      assertThat(engine.resync(KEY).state()).isEqualTo(State.FAILED);
      assertThat(engine.sync(KEY).state()).isEqualTo(State.SUCCEEDED);
      assertThat(stored(NEWS)).isEqualTo(7);
      assertThat(stored(TICKET)).isEqualTo(7);
    }
  }

  @Test
  void a_resync_of_which_one_stream_failed_is_owed_by_that_stream_only() {
    try (Corpusync engine = synced()) {
      bench.server.fault("/news", 2, Fault.status(400));
      engine.resync(KEY);
      assertThat(stored(TICKET)).isEqualTo(7);
      assertThat(stored(NEWS)).isEqualTo(8);
      Run next = engine.sync(KEY);
      assertThat(next.message()).contains("news is read in full").doesNotContain("ticket is");
      assertThat(stored(NEWS)).isEqualTo(7);
    }
  }
}
