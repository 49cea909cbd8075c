package dev.corpusync.engine;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.error.ConnectionNotFoundException;
import dev.corpusync.error.CorpusyncException;
import dev.corpusync.error.EngineClosedException;
import dev.corpusync.error.ExceptionSummary;
import dev.corpusync.run.RunConfig;
import dev.corpusync.run.RunSlots;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Syncs connections when they are due, as many at once as the bounds allow. The next slot goes to
 * the tenant of which the fewest runs work, and there to the connection that has been due for the
 * longest. Several schedulers do no harm, nor does a sync by hand: the lease lets one of them work.
 */
final class Scheduler implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Scheduler.class);
  private static final Duration TICK = Duration.ofSeconds(1);

  /** So long a run that works may keep the loop from looking at the clock again. */
  private static final long WAIT_MILLIS = 200;

  /** No wait is longer: what is due later was computed by a clock that was ahead. */
  private static final Duration LONGEST_WAIT = Duration.ofDays(2);

  private final Time time;
  private final RunSlots slots;
  private final BiFunction<ConnectionKey, RunSlots.Slot, Run> sync;
  private final Executor workers;
  private final Map<ConnectionKey, Entry> entries = new HashMap<>();
  private int working;
  private boolean closed;
  private @Nullable Thread thread;

  private record Entry(Duration every, Instant next, boolean works) {
    boolean isDue(Instant now) {
      return !works && (!next.isAfter(now) || next.isAfter(now.plus(every).plus(LONGEST_WAIT)));
    }
  }

  /** A connection that waits for a slot, and how many runs of its tenant work. */
  private record Due(int working, Instant since, ConnectionKey key) {
    static final Comparator<Due> ORDER =
        Comparator.comparing(Due::working)
            .thenComparing(Due::since)
            .thenComparing(d -> d.key().toString());
  }

  /**
   * @param workers where each sync works; their number is bounded by the slots
   */
  Scheduler(
      Time time,
      RunSlots slots,
      BiFunction<ConnectionKey, RunSlots.Slot, Run> sync,
      Executor workers) {
    this.time = time;
    this.slots = slots;
    this.sync = sync;
    this.workers = workers;
  }

  /** Returns one that has threads of its own. */
  static Scheduler of(RunConfig config, BiFunction<ConnectionKey, RunSlots.Slot, Run> sync) {
    return new Scheduler(
        config.time(),
        config.slots(),
        sync,
        // they end by themselves a minute after their last run
        Executors.newCachedThreadPool(CorpusyncBuilder.daemons("corpusync-scheduled")));
  }

  synchronized void add(ConnectionKey key, Duration every) {
    if (every.isNegative() || every.isZero()) {
      throw new IllegalArgumentException("a schedule needs a positive interval");
    }
    boolean works = entries.containsKey(key) && entries.get(key).works();
    entries.put(key, new Entry(every, time.now(), works));
    if (thread == null && !closed) {
      thread = new Thread(this::loop, "corpusync-scheduler");
      thread.setDaemon(true);
      thread.start();
    }
  }

  synchronized void remove(ConnectionKey key) {
    entries.remove(key);
  }

  synchronized List<Scheduled> list() {
    return entries.entrySet().stream()
        .map(e -> new Scheduled(e.getKey(), e.getValue().every(), e.getValue().next()))
        .sorted(Comparator.comparing(Scheduled::next).thenComparing(s -> s.key().toString()))
        .toList();
  }

  /** Begins the sync of every connection that is due now and has a slot. */
  void tick() {
    for (Optional<Runnable> next = begin(); next.isPresent(); next = begin()) {
      workers.execute(next.get());
    }
  }

  private synchronized Optional<Runnable> begin() {
    Instant now = time.now();
    List<Due> due =
        entries.entrySet().stream()
            .filter(e -> !closed && e.getValue().isDue(now))
            .map(e -> new Due(slots.of(e.getKey().tenant()), e.getValue().next(), e.getKey()))
            .sorted(Due.ORDER)
            .toList();
    for (Due first : due) {
      Optional<RunSlots.Slot> slot = slots.tryTake(first.key().tenant());
      if (slot.isPresent()) {
        return Optional.of(begun(first.key(), now, slot.get()));
      }
    }
    return Optional.empty();
  }

  private Runnable begun(ConnectionKey key, Instant now, RunSlots.Slot slot) {
    entries.computeIfPresent(key, (k, e) -> new Entry(e.every(), now.plus(e.every()), true));
    working++;
    return () -> work(key, slot);
  }

  /** Whatever a run throws is its own end: the schedule continues, and so does this thread. */
  private void work(ConnectionKey key, RunSlots.Slot slot) {
    Optional<Run> run = Optional.empty();
    try {
      run = Optional.of(sync.apply(key, slot));
    } catch (ConnectionNotFoundException e) {
      log.info("a connection is gone and no longer scheduled connection={}", key);
      remove(key);
    } catch (EngineClosedException e) {
      log.debug("the engine was closed before a scheduled sync connection={}", key);
    } catch (CorpusyncException e) {
      log.warn("scheduled sync failed connection={} error={}", key, e.getMessage());
    } catch (RuntimeException | Error e) {
      // A connector's or a host's own, whose message may quote a record.
      log.error("scheduled sync failed connection={} error={}", key, ExceptionSummary.of(e));
    } finally {
      // an interrupt was meant for the run that has ended
      Thread.interrupted();
      slot.giveBack();
      ended(key, run);
    }
  }

  private synchronized void ended(ConnectionKey key, Optional<Run> run) {
    working--;
    entries.computeIfPresent(
        key, (k, e) -> new Entry(e.every(), run.map(r -> next(e, r)).orElse(e.next()), false));
    notifyAll();
  }

  /** What is left is due at once, or when the wait that was asked for is over; never earlier. */
  private Instant next(Entry entry, Run run) {
    if (run.state() == Run.State.YIELDED) {
      return time.now();
    }
    boolean left = run.state() == Run.State.RATE_LIMITED || run.state() == Run.State.BUSY;
    return run.notBefore().filter(open -> left || open.isAfter(entry.next())).orElse(entry.next());
  }

  private void loop() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        safely();
        awaitRun();
        time.sleep(TICK);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Nothing that goes wrong here ends the schedule of all tenants. */
  private void safely() {
    try {
      tick();
    } catch (RuntimeException | Error e) {
      log.error("a tick of the schedule failed error={}", ExceptionSummary.of(e));
    }
  }

  /** A run that ends soon may be due again before the next tick. */
  private synchronized void awaitRun() throws InterruptedException {
    if (working > 0) {
      wait(WAIT_MILLIS);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    entries.clear();
    if (thread != null) {
      thread.interrupt();
    }
  }
}
