package dev.corpusync.benchmarks;

import dev.corpusync.benchmarks.contender.EngineRun;
import dev.corpusync.benchmarks.source.ServerProcess;
import dev.corpusync.benchmarks.source.World;
import dev.corpusync.sync.Run;
import java.util.Locale;

/** An incremental sync without changes: the number of requests must not grow with the corpus. */
public final class Idle {
  private Idle() {}

  public static void main(String[] args) throws Exception {
    Options options = Options.parse(args, 10_000);
    try (ServerProcess server = ServerProcess.start()) {
      options.each(
          database -> {
            System.out.println("\nIdle incremental sync, " + database.name());
            System.out.println("| records | requests | stored | ms |");
            System.out.println("|---|---|---|---|");
            for (int records : new int[] {100, options.records()}) {
              database.clear();
              try (EngineRun engine = EngineRun.open(server.url(World.of(records)), database)) {
                engine.incremental();
                engine.incremental();
                Measured measured = Measured.of(engine::incremental);
                Run run = engine.last();
                System.out.printf(
                    Locale.ROOT,
                    "| %,d | %d | %d | %.1f |%n",
                    records,
                    run.counts().requests(),
                    run.counts().stored(),
                    measured.seconds() * 1e3);
              }
            }
          });
    }
  }
}
