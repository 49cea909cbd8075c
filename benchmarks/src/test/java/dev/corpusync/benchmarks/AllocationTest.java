package dev.corpusync.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.benchmarks.contender.Database;
import dev.corpusync.benchmarks.contender.EngineRun;
import dev.corpusync.benchmarks.source.PageServer;
import dev.corpusync.benchmarks.source.World;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/**
 * The allocated bytes per record on the way into SQLite are within a tenth of the recorded figure
 * for this version of Java. The server runs in the same process and is part of it. A deliberate
 * change needs a new recorded figure.
 */
class AllocationTest {
  private static final int RECORDS = 3_000;
  private static final int ROUNDS = 5;
  private static final Percentage A_TENTH = Percentage.withPercentage(10);

  /** The recorded bytes per record. */
  private record Recorded(double stored, double unchanged) {
    static Recorded here() {
      return Runtime.version().feature() < 21
          ? new Recorded(28_430, 17_515)
          : new Recorded(28_050, 17_190);
    }
  }

  /** Measures both in one round: the second run finds what the first one stored. */
  private record Round(double stored, double unchanged) {}

  @Test
  void a_record_allocates_as_much_as_recorded() throws Exception {
    Round[] rounds = new Round[ROUNDS];
    try (Database database = Database.sqlite();
        PageServer server = PageServer.start()) {
      for (int i = 0; i < ROUNDS; i++) {
        database.clear();
        try (EngineRun engine = EngineRun.open(server.url(World.of(RECORDS)), database)) {
          rounds[i] = new Round(measured(engine), measured(engine));
        }
      }
    }
    System.out.println("allocated for a record: " + Arrays.toString(rounds));
    assertThat(median(rounds, Round::stored)).isCloseTo(Recorded.here().stored(), A_TENTH);
    assertThat(median(rounds, Round::unchanged)).isCloseTo(Recorded.here().unchanged(), A_TENTH);
  }

  private static double measured(EngineRun engine) {
    return (double) Measured.of(engine::run).allocated() / RECORDS;
  }

  private static double median(Round[] rounds, ToDoubleFunction<Round> figure) {
    return Arrays.stream(rounds).mapToDouble(figure).sorted().toArray()[ROUNDS / 2];
  }
}
