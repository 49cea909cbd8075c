package dev.corpusync.examples.demo;

import dev.corpusync.engine.Corpusync;
import dev.corpusync.error.CorpusyncException;
import dev.corpusync.examples.demo.telling.Progress;
import dev.corpusync.store.Store;
import dev.corpusync.sync.Run;
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
        Corpusync corpusync = job.open(store, progress(job.bar()))) {
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

  private static Progress progress(Job.Bar bar) {
    return new Progress(System.out, bar.redrawn(), bar.already(), bar.total());
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
}
