package dev.corpusync.benchmarks;

import dev.corpusync.benchmarks.contender.EngineRun;
import dev.corpusync.benchmarks.contender.IdiomaticBatch;
import dev.corpusync.benchmarks.contender.Loop;
import dev.corpusync.benchmarks.contender.TunedBatch;
import dev.corpusync.benchmarks.source.ServerProcess;
import dev.corpusync.benchmarks.source.World;
import java.net.URI;

/** A first full sync, against a hand-written loop and against Spring Batch. */
public final class Throughput {
  private Throughput() {}

  public static void main(String[] args) throws Exception {
    Options options = Options.parse(args, 20_000);
    try (ServerProcess server = ServerProcess.start()) {
      URI source = server.url(World.of(options.records()));
      options.each(
          database ->
              new Duel("First copy, " + database.name(), options.records(), options.rounds())
                  .fresh("loop", Loop::open, source, database)
                  .fresh("Corpusync", EngineRun::open, source, database)
                  .fresh("Spring Batch, tuned", TunedBatch::open, source, database)
                  .fresh("Spring Batch, idiomatic", IdiomaticBatch::open, source, database)
                  .run());
    }
  }
}
