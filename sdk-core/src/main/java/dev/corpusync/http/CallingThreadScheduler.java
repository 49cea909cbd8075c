package dev.corpusync.http;

import dev.corpusync.error.SyncCancelledException;
import dev.corpusync.sync.Time;
import dev.failsafe.spi.Scheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Runs what Failsafe schedules on the calling thread, and waits for its delays on the injected
 * clock: Failsafe's own scheduler has threads of its own and waits by the wall clock (P12). For one
 * call, on one thread.
 */
final class CallingThreadScheduler implements Scheduler {
  private final Time time;
  private final Queue<Scheduled> scheduled = new ArrayDeque<>();

  CallingThreadScheduler(Time time) {
    this.time = time;
  }

  /** One piece of work, with the wait before it. */
  private static final class Scheduled extends FutureTask<Object>
      implements ScheduledFuture<Object> {
    private final Duration delay;

    Scheduled(Callable<Object> work, Duration delay) {
      super(work);
      this.delay = delay;
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(delay);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }

  @Override
  public ScheduledFuture<?> schedule(Callable<?> work, long delay, TimeUnit unit) {
    Scheduled next = new Scheduled(work::call, Duration.of(delay, unit.toChronoUnit()));
    scheduled.add(next);
    return next;
  }

  /**
   * Runs everything that is scheduled, and what that schedules in turn.
   *
   * @throws SyncCancelledException when the thread is interrupted in a wait or before a repetition;
   *     it stays interrupted
   */
  void runAll() {
    for (Scheduled next = scheduled.poll(); next != null; next = scheduled.poll()) {
      if (!next.delay.isZero()) {
        Retries.pause(time, next.delay);
      }
      next.run();
      if (!scheduled.isEmpty() && Thread.currentThread().isInterrupted()) {
        throw new SyncCancelledException("interrupted before a request was repeated");
      }
    }
  }
}
