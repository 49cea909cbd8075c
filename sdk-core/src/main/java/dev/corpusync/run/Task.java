package dev.corpusync.run;

import dev.corpusync.error.ExceptionSummary;
import dev.corpusync.error.SyncCancelledException;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work given to the host's executor. The thread that needs the result does the work itself if no
 * other thread has begun it, so an executor that is busy, has one thread, or rejects work costs
 * only speed; and {@link #settle} really waits, which a cancelled FutureTask does not.
 */
final class Task<T> {
  private static final Logger log = LoggerFactory.getLogger(Task.class);
  private final Supplier<T> work;
  private final AtomicBoolean taken = new AtomicBoolean();
  private final CountDownLatch done = new CountDownLatch(1);
  private volatile @Nullable T result;
  private volatile @Nullable RuntimeException failure;
  private volatile @Nullable Error error;

  private Task(Supplier<T> work) {
    this.work = work;
  }

  /** Gives work to an executor, which may begin it at once, later, or never. */
  static <T> Task<T> start(Executor executor, Supplier<T> work) {
    Task<T> task = new Task<>(work);
    try {
      executor.execute(task::run);
    } catch (RuntimeException e) {
      // A RejectedExecutionException, most often: await() does the work.
      log.debug("the host's executor rejected work error={}", ExceptionSummary.of(e));
    }
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

  /** Returns the result, or throws what the work threw, as it is. */
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

  /** Returns once the work has ended, or can never begin. */
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
