package dev.corpusync.run;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.error.ExceptionSummary;
import dev.corpusync.error.SyncCancelledException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A run that works in this process, as others see it. Safe for many threads. */
final class ActiveRun {
  private static final Logger log = LoggerFactory.getLogger(ActiveRun.class);

  /** Longer than a call with its retries, or the work on one page, takes. */
  private static final Duration LONGEST_SILENCE = Duration.ofMinutes(15);

  private final ConnectionKey key;
  private final RunSlots.Slot slot;
  private final Thread thread = Thread.currentThread();
  private final AtomicBoolean cancelled = new AtomicBoolean();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile Optional<RunContext> context = Optional.empty();
  private long beats;
  private boolean givenUp;

  ActiveRun(ConnectionKey key, RunSlots.Slot slot) {
    this.key = key;
    this.slot = slot;
  }

  AtomicBoolean cancelled() {
    return cancelled;
  }

  void holds(RunContext lease) {
    context = Optional.of(lease);
  }

  /**
   * Renews the lease, however long a request or the work on a page takes. One of whose work nothing
   * is heard for long hangs in its connector: it is interrupted, its slot goes to others, and its
   * lease runs out, so that another process can take over.
   */
  synchronized void beat(Duration interval) {
    if (givenUp || context.isEmpty()) {
      return;
    }
    RunContext run = context.get();
    beats = run.showedLife() ? 0 : beats + 1;
    // Counted, not measured: a clock may jump.
    if (beats > LONGEST_SILENCE.dividedBy(interval)) {
      giveUp(run);
      return;
    }
    try {
      run.renew();
    } catch (RuntimeException | Error e) {
      // Tried again at the next beat; without a lease the run ends at its next step.
      log.debug("lease not renewed connection={} error={}", key, ExceptionSummary.of(e));
    }
  }

  private void giveUp(RunContext run) {
    givenUp = true;
    log.warn(
        "a run has made no request and no commit for long: its connector does not return. It is"
            + " interrupted and its lease is not renewed connection={} run={}",
        key,
        run.run());
    cancelled.set(true);
    slot.giveBack();
    // Nobody waits for what may never end.
    ended.countDown();
    // While it works on this thread, which end() ensures.
    thread.interrupt();
  }

  /** Ends it: nothing interrupts its thread any more. */
  synchronized void end() {
    givenUp = true;
    slot.giveBack();
    ended.countDown();
  }

  void await() {
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SyncCancelledException("interrupted while waiting for a run to end", e);
    }
  }
}
