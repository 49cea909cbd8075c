package dev.corpusync.examples.demo;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.engine.SyncListener;
import dev.corpusync.error.CorpusyncException;
import dev.corpusync.store.Store;
import dev.corpusync.sync.Counts;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.Scope;
import dev.corpusync.sync.Time;
import java.io.IOException;
import java.time.Duration;

/** A worker process: does the job on its standard input, and may be killed at any time. */
public final class Child {
  private Child() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    int exit = run(Job.read(System.in));
    if (exit != 0) {
      System.exit(exit);
    }
  }

  private static int run(Job job) throws InterruptedException {
    try (Store store = job.openStore();
        Corpusync corpusync = job.open(store, new Drawn(job.bar()))) {
      Run run = syncOnceFree(corpusync);
      if (run.state() == Run.State.SUCCEEDED) {
        return 0;
      }
      System.err.println("the sync ended as " + run.state() + ": " + run.message());
    } catch (CorpusyncException e) {
      System.err.println(e.getMessage());
    }
    return 1;
  }

  /** A killed process cannot give its lease back: it runs out. */
  private static Run syncOnceFree(Corpusync corpusync) throws InterruptedException {
    Time time = Time.system();
    Run run = corpusync.sync(Job.KEY);
    while (run.state() == Run.State.BUSY) {
      time.sleep(Duration.ofMillis(50));
      run = corpusync.sync(Job.KEY);
    }
    return run;
  }

  /** The progress bar. */
  private static final class Drawn implements SyncListener {
    private static final int WIDTH = 40;
    private final Job.Bar bar;
    private long shown = -1;

    Drawn(Job.Bar bar) {
      this.bar = bar;
    }

    @Override
    public synchronized void pageCommitted(ConnectionKey key, Scope scope, Counts soFar) {
      long done = Math.min(bar.total(), bar.already() + soFar.stored());
      int filled = (int) (WIDTH * done / Math.max(1, bar.total()));
      String line =
          "   ["
              + "#".repeat(filled)
              + ".".repeat(WIDTH - filled)
              + "] "
              + done
              + " of "
              + bar.total();
      if (bar.redrawn()) {
        System.out.print("\r" + line + (done == bar.total() ? "\n" : ""));
        System.out.flush();
      } else if (filled / 10 > shown) {
        shown = filled / 10;
        System.out.println(line);
      }
    }
  }
}
