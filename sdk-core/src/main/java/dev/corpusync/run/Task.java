package dev.corpusync.run;

import dev.corpusync.error.SyncCancelledException;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Work handed to the host's executor. Whoever needs the result does the work itself if nobody has
 * begun, so an executor of one thread, or a busy one, cannot block us; and {@link #settle} really
 * waits, which a cancelled FutureTask does not.
 */
final class Task<T> {
  private final Supplier<T> work;
  private final AtomicBoolean taken = new AtomicBoolean();
  private final CountDownLatch done = new CountDownLatch(1);
  private volatile @Nullable T result;
  private volatile @Nullable RuntimeException failure;
  private volatile @Nullable Error error;

  private Task(Supplier<T> work) {
    this.work = work;
  }

  static <T> Task<T> start(Executor executor, Supplier<T> work) {
    Task<T> task = new Task<>(work);
    executor.execute(task::run);
    return task;
  }

  private void run() {
    if (!taken.compareAndSet(false, true)) {
      return;
    }
    try {
      result = work.get();
    } catch (RuntimeException e) {
      failure = e;
    } catch (Error e) {
      // Kept for the thread that waits: an Error must reach the host, not end in a pool's handler.
      error = e;
    } finally {
      done.countDown();
    }
  }

  /** The result, or what the work threw, as it is. */
  T await() {
    run();
    waitUntilDone();
    if (error != null) {
      throw error;
    }
    if (failure != null) {
      throw failure;
    }
    return Objects.requireNonNull(result);
  }

  /** Sees to it that nothing of it runs any more: it never begins, or has ended. */
  void settle() {
    if (!taken.compareAndSet(false, true)) {
      waitUntilDone();
    }
  }

  private void waitUntilDone() {
    try {
      done.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SyncCancelledException("interrupted while waiting for work of the same run", e);
    }
  }
}
