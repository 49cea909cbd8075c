package dev.corpusync.benchmarks;

import dev.corpusync.benchmarks.contender.EngineRun;
import dev.corpusync.benchmarks.contender.Loop;
import dev.corpusync.benchmarks.source.ServerProcess;
import dev.corpusync.benchmarks.source.World;
import java.net.URI;

/** A full sync of unchanged records: the loop upserts all of them, the engine compares. */
public final class Unchanged {
  private Unchanged() {}

  public static void main(String[] args) throws Exception {
    Options options = Options.parse(args, 20_000);
    try (ServerProcess server = ServerProcess.start()) {
      URI source = server.url(World.of(options.records()));
      options.each(
          database -> {
            database.clear();
            try (Loop loop = Loop.open(source, database);
                EngineRun engine = EngineRun.open(source, database)) {
              new Duel("Unchanged, " + database.name(), options.records(), options.rounds())
                  .add("loop, upserts", () -> Measured.of(loop::run))
                  .add("Corpusync", () -> Measured.of(engine::run))
                  .run();
            }
          });
    }
  }
}
