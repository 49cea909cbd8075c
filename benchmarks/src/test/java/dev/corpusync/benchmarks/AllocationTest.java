package dev.corpusync.benchmarks;

import dev.corpusync.benchmarks.contender.Database;
import dev.corpusync.benchmarks.contender.EngineRun;
import dev.corpusync.benchmarks.source.World;
import org.junit.jupiter.api.Test;

/** What a record makes garbage of, within a tenth of what was recorded. */
class AllocationTest {
  @Test
  void a_record_allocates_what_it_did() throws Exception {
    try (Database database = Database.sqlite();
        dev.corpusync.benchmarks.source.PageServer server =
            dev.corpusync.benchmarks.source.PageServer.start()) {
      for (int i = 0; i < 3; i++) {
        database.clear();
        try (EngineRun engine = EngineRun.open(server.url(World.of(3_000)), database)) {
          System.out.println(Measured.of(engine::run).allocated() / 3000);
          System.out.println(" unchanged " + Measured.of(engine::run).allocated() / 3000);
        }
      }
    }
  }
}
