package dev.corpusync.testkit.engine;

import static dev.corpusync.testkit.engine.Bench.KEY;
import static dev.corpusync.testkit.engine.Tickets.TICKET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.engine.Corpusync;
import dev.corpusync.sync.FailedItem;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.Scope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A record that has a field twice could be read in two ways, and so in neither (P6, P10). */
class RepeatedFieldTest {
  private final Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void a_record_with_two_visibilities_is_not_stored_and_stops_nothing_else() {
    bench.ticket("t1", "text");
    bench.put(
        "/tickets",
        "t2",
        "\"visibility\":\"private\",\"subject\":\"S\",\"text\":\"canary\",\"visibility\":\"public\"");
    bench.ticket("t3", "text");
    try (Corpusync engine = bench.engine(new Tickets())) {
      Run run = engine.sync(KEY);
      assertThat(run.state()).isEqualTo(Run.State.NEEDS_REVIEW);
      assertThat(engine.failures(KEY, 10)).extracting(FailedItem::id).containsExactly("t2");
      assertThat(engine.failures(KEY, 10).get(0).reason())
          .contains("a field twice")
          .doesNotContain("canary");
      assertThat(bench.store.corpus().count(KEY, Scope.of(TICKET))).isEqualTo(2);

      bench.ticket("t2", "mended");
      engine.resync(KEY);
      assertThat(engine.failures(KEY, 10)).isEmpty();
      assertThat(bench.store.corpus().count(KEY, Scope.of(TICKET))).isEqualTo(3);
    }
  }

  @Test
  void a_stored_record_that_gets_a_field_twice_stays_as_it_was() {
    bench.ticket("t1", "text");
    try (Corpusync engine = bench.engine(new Tickets())) {
      engine.sync(KEY);
      bench.put(
          "/tickets",
          "t1",
          "\"visibility\":\"public\",\"subject\":\"S\",\"text\":\"a\",\"text\":\"b\"");
      engine.resync(KEY);
      assertThat(bench.store.corpus().count(KEY, Scope.of(TICKET))).isEqualTo(1);
      assertThat(Bench.changes(engine)).hasSize(1);
      assertThat(engine.failures(KEY, 10)).hasSize(1);
    }
  }
}
