package dev.corpusync.examples.demo;

import dev.corpusync.engine.Corpusync;
import dev.corpusync.error.CorpusyncException;
import dev.corpusync.examples.demo.output.ProgressBar;
import dev.corpusync.store.Store;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.Time;
import java.io.IOException;
import java.time.Duration;

/** A worker process: runs the task from its standard input, and may be killed at any time. */
public final class Worker {
  private Worker() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    int exit = run(WorkerTask.read(System.in));
    if (exit != 0) {
      System.exit(exit);
    }
  }

  private static int run(WorkerTask job) throws InterruptedException {
    try (Store store = job.openStore();
        Corpusync corpusync = job.open(store, progress(job.bar()))) {
      Run run = syncWhenLeaseIsFree(corpusync);
      if (run.state() == Run.State.SUCCEEDED) {
        return 0;
      }
      System.err.println("the sync ended as " + run.state() + ": " + run.message());
    } catch (CorpusyncException e) {
      System.err.println(e.getMessage());
    }
    return 1;
  }

  private static ProgressBar progress(WorkerTask.Bar bar) {
    return new ProgressBar(System.out, bar.redraws(), bar.already(), bar.total());
  }

  /** A killed process cannot release its lease: it expires. */
  private static Run syncWhenLeaseIsFree(Corpusync corpusync) throws InterruptedException {
    Time time = Time.system();
    Run run = corpusync.sync(WorkerTask.KEY);
    while (run.state() == Run.State.BUSY) {
      time.sleep(Duration.ofMillis(50));
      run = corpusync.sync(WorkerTask.KEY);
    }
    return run;
  }
}
