package dev.corpusync.testkit.store;

import java.util.concurrent.CountDownLatch;

/** A point at which so many threads wait for each other: for those that are certain to come. */
final class Rendezvous {
  private final CountDownLatch missing;

  Rendezvous(int threads) {
    missing = new CountDownLatch(threads);
  }

  /** Waits for the others; those who come after them wait for nobody. */
  void join() {
    missing.countDown();
    await(missing);
  }

  static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for another thread", e);
    }
  }
}
