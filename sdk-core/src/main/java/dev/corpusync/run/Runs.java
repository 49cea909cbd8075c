package dev.corpusync.run;

import dev.corpusync.connection.Connection;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.error.EngineClosedException;
import dev.corpusync.error.StoreException;
import dev.corpusync.error.SyncCancelledException;
import dev.corpusync.extract.Api;
import dev.corpusync.sync.Fence;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.Run.State;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Starts runs, at most one of each connection at a time, and cancels them. Safe for many threads.
 */
public final class Runs {
  private final RunConfig config;
  private final Map<ConnectionKey, Active> active = new ConcurrentHashMap<>();
  private volatile boolean closed;

  public Runs(RunConfig config) {
    this.config = config;
  }

  /** What a run does; returns why parts of it failed. */
  public interface Work {
    List<ScopeFailure> on(ConnectionRun run);
  }

  private record Active(AtomicBoolean cancelled, CountDownLatch ended) {
    static Active begin() {
      return new Active(new AtomicBoolean(), new CountDownLatch(1));
    }
  }

  /**
   * Runs work on a connection, and records how it ended. Blocks until then.
   *
   * @param clients opens the API client of a run, by the run's id
   * @throws StoreException when the store fails; the run has ended all the same
   * @throws EngineClosedException when {@link #close} was called
   */
  public Run run(
      Connection connection,
      Run.Trigger trigger,
      List<StreamPlan> plans,
      Function<String, Api> clients,
      Work work) {
    Instant now = config.time().now();
    String id = now.toEpochMilli() + "-" + Long.toHexString(config.random().nextLong());
    Api api = clients.apply(id);
    Run begun = Run.begun(connection.key(), id, trigger, now);
    if (connection.state() != Connection.State.ACTIVE) {
      return busy(
          begun, "the connection is " + connection.state() + ": resume or connect it first");
    }
    Active mine = Active.begin();
    if (active.putIfAbsent(connection.key(), mine) != null) {
      return busy(begun, "another run of this connection works in this process");
    }
    try {
      // Only now: close() waits for all that are registered.
      requireOpen("a run");
      Optional<Fence> fence =
          config.store().leases().tryAcquire(connection.key(), now, now.plus(config.lease()));
      return fence.isPresent()
          ? leased(connection, begun, plans, api, fence.get(), mine, work)
          : busy(begun, "another worker holds the lease of this connection");
    } finally {
      active.remove(connection.key());
      mine.ended().countDown();
    }
  }

  private Run leased(
      Connection connection,
      Run begun,
      List<StreamPlan> plans,
      Api api,
      Fence fence,
      Active mine,
      Work work) {
    List<Run> before;
    try {
      before = config.store().journal().runs(connection.key(), 10);
    } catch (StoreException e) {
      releaseUnused(fence, e);
      throw e;
    }
    RunContext context =
        new RunContext(
            config, connection, api, fence, begun.id(), mine.cancelled(), followsWait(before));
    return new LeasedRun(config, context, begun, closedUntil(begun, before)).run(plans, work);
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
        .filter(begun.started()::isBefore);
  }

  private static boolean followsWait(List<Run> newestFirst) {
    return newestFirst.stream()
        .filter(r -> r.trigger() == Run.Trigger.SYNC || r.trigger() == Run.Trigger.RESYNC)
        .findFirst()
        .filter(r -> r.state() == State.RATE_LIMITED)
        .isPresent();
  }

  private static Run busy(Run begun, String why) {
    return begun.withEnd(State.BUSY, begun.started(), why);
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
    Active running = active.get(key);
    if (running != null) {
      running.cancelled().set(true);
    }
  }

  /** Cancels the run of a connection, if there is one, and waits until it has ended. */
  public void cancelAndAwait(ConnectionKey key) {
    Active running = active.get(key);
    if (running != null) {
      running.cancelled().set(true);
      await(running);
    }
  }

  /** Lets no further run begin, cancels all, and waits until they have ended. */
  public void close() {
    closed = true;
    active.values().forEach(running -> running.cancelled().set(true));
    active.values().forEach(Runs::await);
  }

  private static void await(Active running) {
    try {
      running.ended().await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SyncCancelledException("interrupted while waiting for a run to end", e);
    }
  }
}
