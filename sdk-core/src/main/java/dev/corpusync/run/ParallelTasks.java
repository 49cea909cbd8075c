package dev.corpusync.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

/** Runs the same work several times concurrently: on the host's executor and on this thread. */
final class ParallelTasks {
  private ParallelTasks() {}

  /** Returns when all have ended, and throws the first failure as it is. */
  static void run(Executor executor, int parallelism, Runnable worker) {
    List<Task<Boolean>> helpers = new ArrayList<>();
    for (int i = 1; i < parallelism; i++) {
      helpers.add(Task.start(executor, () -> done(worker)));
    }
    Queue<Task<Boolean>> open = new ConcurrentLinkedQueue<>(helpers);
    try {
      worker.run();
      while (!open.isEmpty()) {
        open.remove().await();
      }
    } finally {
      open.forEach(Task::settle);
    }
  }

  private static boolean done(Runnable worker) {
    worker.run();
    return true;
  }
}
