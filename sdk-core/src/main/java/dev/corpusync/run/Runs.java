package dev.corpusync.run;

import dev.corpusync.connection.Connection;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.error.EngineClosedException;
import dev.corpusync.error.StoreException;
import dev.corpusync.extract.Api;
import dev.corpusync.store.Leases;
import dev.corpusync.sync.Fence;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.Run.State;
import dev.corpusync.sync.Time;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Starts runs, at most one of each connection at a time, and cancels them. Safe for many threads.
 */
public final class Runs {
  /** As many as are looked through for the last sync. */
  private static final int NEWEST = 10;

  /** When a slot, or the run of the same connection, may have ended. */
  private static final Duration SOON = Duration.ofMinutes(1);

  /** After this, what an earlier run has read is read again. */
  private static final Duration ROUND = Duration.ofHours(6);

  private final RunConfig config;
  private final Map<ConnectionKey, ActiveRun> active = new ConcurrentHashMap<>();
  private Optional<Time.Repetition> heartbeat = Optional.empty();
  private volatile boolean closed;

  public Runs(RunConfig config) {
    this.config = config;
  }

  /** What a run does; returns why parts of it failed. */
  public interface Work {
    List<ScopeFailure> on(ConnectionRun run);
  }

  /**
   * Runs work on a connection, and records how it ended. Blocks until then.
   *
   * @param clients opens the API client of a run, by the run's id
   * @param given a slot that was taken for it; given back here
   * @throws StoreException when the store fails; the run has ended all the same
   * @throws EngineClosedException when {@link #close} was called
   */
  public Run run(
      Connection connection,
      Run.Trigger trigger,
      List<StreamPlan> plans,
      Function<String, Api> clients,
      Work work,
      Optional<RunSlots.Slot> given) {
    Instant now = config.time().now();
    String id = now.toEpochMilli() + "-" + Long.toHexString(config.random().nextLong());
    Api api = clients.apply(id);
    Run begun = Run.begun(connection.key(), id, trigger, now);
    if (connection.state() != Connection.State.ACTIVE) {
      return begun.withEnd(
          State.BUSY,
          now,
          "the connection is " + connection.state() + ": resume or connect it first");
    }
    Optional<RunSlots.Slot> slot = given.or(() -> slot(connection.key().tenant(), trigger));
    if (slot.isEmpty()) {
      return busy(begun, now.plus(SOON), "as many runs work as may at once: " + config.slots());
    }
    ActiveRun mine = new ActiveRun(connection.key(), slot.get());
    if (active.putIfAbsent(connection.key(), mine) != null) {
      mine.end();
      return busy(begun, now.plus(SOON), "another run of this connection works in this process");
    }
    try {
      // Only now: close() waits for all that are registered.
      requireOpen("a run");
      Optional<Fence> fence = lease(connection.key(), now);
      return fence.isPresent()
          ? leased(connection, begun, plans, api, fence.get(), mine, work)
          : busy(
              begun,
              heldUntil(connection.key(), now).orElse(now.plus(SOON)),
              "another worker holds the lease of this connection");
    } finally {
      active.remove(connection.key());
      mine.end();
    }
  }

  /** A decision of a person is short and sends no request. */
  private Optional<RunSlots.Slot> slot(String tenant, Run.Trigger trigger) {
    return trigger == Run.Trigger.DECISION
        ? Optional.of(config.slots().take(tenant))
        : config.slots().tryTake(tenant);
  }

  private Optional<Fence> lease(ConnectionKey key, Instant now) {
    Leases leases = config.store().leases();
    Instant until = now.plus(config.lease());
    Optional<Fence> fence = leases.tryAcquire(key, now, until);
    if (fence.isPresent()) {
      return fence;
    }
    // One that ends so late was taken by a clock that is wrong, and whose process may be dead. If
    // it lives, it writes nothing more (P2).
    return leases
        .heldUntil(key)
        .filter(end -> !StoredTimes.isLease(end, config.lease(), now))
        .flatMap(end -> leases.tryAcquire(key, end, until));
  }

  private Optional<Instant> heldUntil(ConnectionKey key, Instant now) {
    return config.store().leases().heldUntil(key).filter(now::isBefore);
  }

  private Run leased(
      Connection connection,
      Run begun,
      List<StreamPlan> plans,
      Api api,
      Fence fence,
      ActiveRun mine,
      Work work) {
    List<Run> before;
    try {
      before =
          config
              .store()
              .journal()
              .runs(connection.key(), StoredTimes.latest(begun.started()), NEWEST);
    } catch (StoreException e) {
      releaseUnused(fence, e);
      throw e;
    }
    Optional<Run> last = lastSync(before);
    Run run = ordered(begun, before).toBuilder().round(round(begun, last)).build();
    RunContext context =
        new RunContext(
            config,
            connection,
            api,
            fence,
            run,
            mine.cancelled(),
            last.filter(r -> r.state() == State.RATE_LIMITED).isPresent());
    mine.holds(context);
    beat();
    return new LeasedRun(config, context, run, closedUntil(run, before)).run(plans, work);
  }

  /** Two that start at the same tick of the clock are told apart: the newest is the last one. */
  private static Run ordered(Run begun, List<Run> newestFirst) {
    return newestFirst.stream()
        .findFirst()
        .map(newest -> newest.started().plus(1, ChronoUnit.MICROS))
        .filter(begun.started()::isBefore)
        .filter(after -> after.isBefore(begun.started().plus(1, ChronoUnit.MILLIS)))
        .map(after -> begun.toBuilder().started(after).build())
        .orElse(begun);
  }

  /** A run that continues one that yielded does not read again what that one has read. */
  private static String round(Run begun, Optional<Run> last) {
    return last.filter(r -> begun.trigger() == Run.Trigger.SYNC)
        .filter(
            r ->
                r.state() == State.YIELDED
                    || (r.state() == State.RATE_LIMITED && !r.round().equals(r.id())))
        .filter(r -> r.ended().orElse(r.started()).plus(ROUND).isAfter(begun.started()))
        .map(Run::round)
        .orElse(begun.id());
  }

  private synchronized void beat() {
    if (heartbeat.isEmpty() && !closed) {
      Duration interval = config.lease().dividedBy(3);
      heartbeat =
          Optional.of(
              config
                  .time()
                  .every(interval, () -> active.values().forEach(run -> run.beat(interval))));
    }
  }

  /** Nothing has begun, so nothing is recorded or told. */
  private void releaseUnused(Fence fence, StoreException why) {
    try {
      config.store().leases().release(fence);
    } catch (StoreException e) {
      why.addSuppressed(e);
    }
  }

  /** Until when the API accepts no request, as another process may have been told. */
  private static Optional<Instant> closedUntil(Run begun, List<Run> newestFirst) {
    return newestFirst.stream()
        .findFirst()
        .flatMap(Run::notBefore)
        .flatMap(until -> StoredTimes.wait(until, begun.started()));
  }

  private static Optional<Run> lastSync(List<Run> newestFirst) {
    return newestFirst.stream()
        .filter(r -> r.trigger() == Run.Trigger.SYNC || r.trigger() == Run.Trigger.RESYNC)
        .findFirst();
  }

  private static Run busy(Run begun, Instant again, String why) {
    return begun
        .withEnd(State.BUSY, begun.started(), why + ". Try again at " + again)
        .withNotBefore(Optional.of(again));
  }

  /**
   * Checks that runs may begin.
   *
   * @throws EngineClosedException when {@link #close} was called
   */
  public void requireOpen(String attempted) {
    if (closed) {
      throw new EngineClosedException(attempted);
    }
  }

  /** Cancels the run of a connection, if there is one, and returns at once. */
  public void cancel(ConnectionKey key) {
    Optional.ofNullable(active.get(key)).ifPresent(running -> running.cancelled().set(true));
  }

  /** Cancels the run of a connection, if there is one, and waits until it has ended. */
  public void cancelAndAwait(ConnectionKey key) {
    ActiveRun running = active.get(key);
    if (running != null) {
      running.cancelled().set(true);
      running.await();
    }
  }

  /** Lets no further run begin, cancels all, and waits until they have ended. */
  public void close() {
    synchronized (this) {
      closed = true;
    }
    active.values().forEach(running -> running.cancelled().set(true));
    active.values().forEach(ActiveRun::await);
    synchronized (this) {
      heartbeat.ifPresent(Time.Repetition::close);
      heartbeat = Optional.empty();
    }
  }
}
