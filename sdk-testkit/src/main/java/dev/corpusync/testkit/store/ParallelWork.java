package dev.corpusync.testkit.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that start at one moment; waits for all of them. */
final class ParallelWork {
  private ParallelWork() {}

  /** Work of one of them. */
  interface ChildProcess<T> {
    T work(int number) throws Exception;
  }

  static <T> List<T> run(int count, Callable<T> work)
      throws InterruptedException, ExecutionException {
    return run(count, n -> work.call());
  }

  /**
   * @return in the order of their numbers
   * @throws AssertionError the first that one of them threw
   * @throws ExecutionException with what one of them threw otherwise
   */
  static <T> List<T> run(int count, ChildProcess<T> work)
      throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(count);
    CyclicBarrier start = new CyclicBarrier(count);
    try {
      List<Future<T>> all = new ArrayList<>();
      for (int n = 0; n < count; n++) {
        int number = n;
        all.add(
            threads.submit(
                () -> {
                  start.await();
                  return work.work(number);
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> one : all) {
        results.add(result(one));
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  private static <T> T result(Future<T> one) throws InterruptedException, ExecutionException {
    try {
      return one.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AssertionError failed) {
        throw failed;
      }
      throw e;
    }
  }
}
