package dev.corpusync.engine;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.error.CorpusyncException;
import dev.corpusync.error.ExceptionSummary;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Syncs connections when they are due, one after another, on one daemon thread. Several schedulers
 * do no harm, nor does a sync by hand: the lease lets one of them work.
 */
final class Scheduler implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Scheduler.class);
  private static final Duration TICK = Duration.ofSeconds(1);
  private final Time time;
  private final Function<ConnectionKey, Run> sync;
  private final Map<ConnectionKey, Due> due = new ConcurrentHashMap<>();
  private @Nullable Thread thread;

  Scheduler(Time time, Function<ConnectionKey, Run> sync) {
    this.time = time;
    this.sync = sync;
  }

  private record Due(Duration every, Instant next) {}

  synchronized void add(ConnectionKey key, Duration every) {
    if (every.isNegative() || every.isZero()) {
      throw new IllegalArgumentException("a schedule needs a positive interval");
    }
    due.put(key, new Due(every, time.now()));
    if (thread == null) {
      thread = new Thread(this::loop, "corpusync-scheduler");
      thread.setDaemon(true);
      thread.start();
    }
  }

  void remove(ConnectionKey key) {
    due.remove(key);
  }

  /** Syncs every connection that is due now. */
  void tick() {
    Instant now = time.now();
    List<ConnectionKey> ready =
        due.entrySet().stream()
            .filter(e -> !e.getValue().next().isAfter(now))
            .map(Map.Entry::getKey)
            .sorted(java.util.Comparator.comparing(ConnectionKey::toString))
            .toList();
    for (ConnectionKey key : ready) {
      due.computeIfPresent(key, (k, d) -> new Due(d.every(), now.plus(d.every())));
      try {
        afterRun(key, sync.apply(key));
      } catch (CorpusyncException e) {
        // The failure of one connection, or of the database, does not end the schedule.
        log.warn("scheduled sync failed connection={} error={}", key, e.getMessage());
      } catch (RuntimeException e) {
        // A connector's or a host's own, whose message may quote a record.
        log.warn("scheduled sync failed connection={} error={}", key, ExceptionSummary.of(e));
      }
    }
  }

  /** Where the API asked for a wait: schedules at its end if work is left, and never earlier. */
  private void afterRun(ConnectionKey key, Run run) {
    run.notBefore()
        .ifPresent(
            open ->
                due.computeIfPresent(
                    key,
                    (k, d) ->
                        run.state() == Run.State.RATE_LIMITED || open.isAfter(d.next())
                            ? new Due(d.every(), open)
                            : d));
  }

  private void loop() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        tick();
        time.sleep(TICK);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized void close() {
    due.clear();
    if (thread != null) {
      thread.interrupt();
    }
  }
}
