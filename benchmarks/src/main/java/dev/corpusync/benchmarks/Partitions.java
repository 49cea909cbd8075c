package dev.corpusync.benchmarks;

import dev.corpusync.benchmarks.contender.EngineRun;
import dev.corpusync.benchmarks.source.ServerProcess;
import dev.corpusync.benchmarks.source.World;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/**
 * Four listings with pages of 50 ms each, against the ideal schedule: all listings in parallel, and
 * only the time of waiting.
 */
public final class Partitions {
  private static final Duration LATENCY = Duration.ofMillis(50);

  private Partitions() {}

  public static void main(String[] args) throws Exception {
    Options options = Options.parse(args, 10_000);
    int pages = options.records() / World.QUEUES / 100;
    double ideal = (pages + 1) * LATENCY.toMillis() / 1e3;
    double oneByOne = (pages * World.QUEUES + 1) * LATENCY.toMillis() / 1e3;
    try (ServerProcess server = ServerProcess.start()) {
      URI source = server.url(World.of(options.records()).withLatency(LATENCY));
      options.each(
          database -> {
            double[] seconds = new double[options.rounds()];
            for (int round = -1; round < options.rounds(); round++) {
              database.clear();
              try (EngineRun engine = EngineRun.nested(source, database)) {
                double took = Measured.of(engine::run).seconds();
                if (round >= 0) {
                  seconds[round] = took;
                }
              }
            }
            Arrays.sort(seconds);
            double median = seconds[seconds.length / 2];
            System.out.printf(
                Locale.ROOT,
                "%n4 partitions × %d pages × 50 ms, %s: %.2f s; ideal %.2f s, ratio %.2f (%.2f –"
                    + " %.2f); sequential waiting alone %.2f s%n",
                pages,
                database.name(),
                median,
                ideal,
                ideal / median,
                ideal / seconds[seconds.length - 1],
                ideal / seconds[0],
                oneByOne);
          });
    }
  }
}
