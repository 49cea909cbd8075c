package dev.corpusync.testkit.trial;

import java.util.concurrent.Executor;

/**
 * Does what it is given on another thread, and to its end before it returns: a page that is fetched
 * ahead is there before the one in front of it is committed, however busy the machine is.
 */
final class SequentialExecutor implements Executor {
  @Override
  public void execute(Runnable work) {
    Thread thread = new Thread(work, "corpusync-worker");
    thread.setDaemon(true);
    thread.start();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
