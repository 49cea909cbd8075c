package dev.corpusync.benchmarks;

import dev.corpusync.benchmarks.contender.Database;
import dev.corpusync.benchmarks.contender.EngineRun;
import dev.corpusync.benchmarks.source.ServerProcess;
import dev.corpusync.benchmarks.source.World;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.sync.Counts;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.RunListener;
import dev.corpusync.sync.Scope;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Syncs a million records into SQLite with a heap of 32 MB, measures the live heap, then runs a
 * listing in which a tenth is missing.
 */
public final class Million {
  private Million() {}

  public static void main(String[] args) throws Exception {
    int records = Options.parse(args, 1_000_000).records();
    try (ServerProcess server = ServerProcess.start()) {
      URI source = server.url(World.of(records));
      try (Database database = Database.sqlite()) {
        copy(database, source, records);
        long start = System.nanoTime();
        copy(database, source, records);
        System.out.printf(
            Locale.ROOT, "unchanged: %.1f s with JVM start%n", (System.nanoTime() - start) / 1e9);
        server.keep(records - records / 10);
        copy(database, source, records);
      }
    }
  }

  private static void copy(Database database, URI source, int records)
      throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx32m",
                "-XX:+UseSerialGC",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                database.file().toString(),
                source.toString(),
                Integer.toString(records))
            .inheritIO()
            .start();
    if (child.waitFor() != 0) {
      throw new IllegalStateException("the child process failed");
    }
  }

  /** The process with the small heap. */
  static final class Child implements RunListener {
    private final int records;
    private long first;

    private Child(int records) {
      this.records = records;
    }

    public static void main(String[] args) throws IOException {
      Child child = new Child(Integer.parseInt(args[2]));
      try (Database database = Database.sqlite(Path.of(args[0]));
          EngineRun engine = EngineRun.on(URI.create(args[1]), database.store(), child)) {
        Measured measured = Measured.of(engine::run);
        Run run = engine.last();
        System.out.printf(
            Locale.ROOT,
            "%.1f s, %,.0f records/s: %s%n",
            measured.seconds(),
            run.counts().seen() / measured.seconds(),
            run.counts());
      }
    }

    @Override
    public void pageCommitted(ConnectionKey key, Scope scope, Counts total) {
      if (total.seen() == records / 10 || total.seen() == records) {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        long live = runtime.totalMemory() - runtime.freeMemory();
        first = first == 0 ? live : first;
        System.out.printf(
            Locale.ROOT,
            "live heap after %,d records: %.1f MB, %.2f of the first%n",
            total.seen(),
            live / 1e6,
            (double) live / first);
      }
    }
  }
}
