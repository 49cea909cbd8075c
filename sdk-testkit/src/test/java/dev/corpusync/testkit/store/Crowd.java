package dev.corpusync.testkit.store;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** Makes the rare moment, in which two threads are in one place, happen each time. */
final class Crowd {
  private static final int PATIENCE = 1_000_000;
  private final Set<Thread> met = ConcurrentHashMap.newKeySet();
  private volatile boolean tired;
  private final AtomicInteger inside = new AtomicInteger();

  void join() {
    met.add(Thread.currentThread());
  }

  /** Waits a while for a second thread to come in; not if there has only ever been one. */
  boolean enter() {
    join();
    inside.incrementAndGet();
    return await(() -> inside.get() > 1);
  }

  void leave() {
    inside.decrementAndGet();
  }

  boolean isCrowd() {
    return met.size() > 1;
  }

  /** Gives way to others until something is so, a while at most; and once in vain only. */
  boolean await(BooleanSupplier so) {
    for (int i = 0; isCrowd() && !tired && i < PATIENCE && !so.getAsBoolean(); i++) {
      Thread.yield();
    }
    boolean is = so.getAsBoolean();
    tired |= isCrowd() && !is;
    return is;
  }
}
