package dev.corpusync.run;

import dev.corpusync.connection.Connection;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.error.CorpusyncException;
import dev.corpusync.error.RateLimitedException;
import dev.corpusync.error.StoreException;
import dev.corpusync.error.SyncCancelledException;
import dev.corpusync.extract.Api;
import dev.corpusync.sync.FailureKind;
import dev.corpusync.sync.Fence;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.Run.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins and ends runs: the lease, the record, the cancellation. */
public final class Runs {
  private static final Logger log = LoggerFactory.getLogger(Runs.class);

  /** A wait that is over before another process has begun to ask. */
  private static final Duration SHORT = Duration.ofMinutes(1);

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

  private record Active(AtomicBoolean cancelled, CountDownLatch ended) {}

  public Run run(
      Connection connection, Run.Trigger trigger, List<StreamPlan> plans, Api api, Work work) {
    Active mine = new Active(new AtomicBoolean(closed), new CountDownLatch(1));
    Instant now = config.time().now();
    String id = now.toEpochMilli() + "-" + Long.toHexString(config.random().nextLong());
    Run begun = Run.begun(connection.key(), id, trigger, now);
    if (connection.state() != Connection.State.ACTIVE) {
      return busy(
          begun, "the connection is " + connection.state() + ": resume or connect it first");
    }
    if (closed || active.putIfAbsent(connection.key(), mine) != null) {
      return busy(begun, "another run of this connection is under way in this process");
    }
    try {
      Optional<Fence> fence =
          config.store().leases().tryAcquire(connection.key(), now, now.plus(config.lease()));
      if (fence.isEmpty()) {
        return busy(begun, "another worker holds this connection");
      }
      List<Run> before = config.store().journal().runs(connection.key(), 10);
      RunContext context =
          new RunContext(
              config, connection, api, fence.get(), id, mine.cancelled(), followsWait(before));
      return led(begun, closed(before, now), context, plans, work);
    } finally {
      active.remove(connection.key());
      mine.ended().countDown();
    }
  }

  private Run led(
      Run begun, Optional<Instant> closed, RunContext context, List<StreamPlan> plans, Work work) {
    context.commit(context.begin().record(begun));
    config.listener().runStarted(begun);
    Run ended =
        closed.isPresent() && begun.trigger() != Run.Trigger.DECISION
            ? end(
                begun,
                context,
                State.RATE_LIMITED,
                "the API wants no request before "
                    + closed.get()
                    + ": nothing was asked. The next run goes on from the last commit")
            : outcome(begun, context, plans, work);
    ended = ended.withNotBefore(later(closed, ended.notBefore()));
    context.commit(context.begin().record(ended));
    config.store().leases().release(context.fence());
    log.info(
        "run ended connection={} run={} state={} counts={}",
        begun.key(),
        begun.id(),
        ended.state(),
        ended.counts());
    config.listener().runEnded(ended);
    return ended;
  }

  /**
   * Until when the API wants no request, as another process may have been told. A decision asks for
   * nothing that can wait.
   */
  private static Optional<Instant> closed(List<Run> newestFirst, Instant now) {
    return newestFirst.stream().findFirst().flatMap(Run::notBefore).filter(now::isBefore);
  }

  private static boolean followsWait(List<Run> newestFirst) {
    return newestFirst.stream()
        .filter(r -> r.trigger() == Run.Trigger.SYNC || r.trigger() == Run.Trigger.RESYNC)
        .findFirst()
        .filter(r -> r.state() == State.RATE_LIMITED)
        .isPresent();
  }

  private static Optional<Instant> later(Optional<Instant> a, Optional<Instant> b) {
    return Stream.of(a, b).flatMap(Optional::stream).max(Comparator.naturalOrder());
  }

  private Run outcome(Run begun, RunContext context, List<StreamPlan> plans, Work work) {
    try {
      List<ScopeFailure> failures = work.on(new ConnectionRun(context, plans));
      if (!failures.isEmpty()) {
        String why = failures.stream().map(ScopeFailure::why).collect(Collectors.joining("; "));
        return end(begun, context, State.FAILED, why)
            .withFailureKind(failures.get(0).failureKind());
      }
      boolean waits =
          !config.store().journal().held(begun.key()).isEmpty()
              || !config.store().journal().failures(begun.key(), 1).isEmpty();
      return end(begun, context, waits ? State.NEEDS_REVIEW : State.SUCCEEDED, context.notices());
    } catch (StoreException e) {
      // The record could not be written either; the next run finds this one abandoned.
      throw e;
    } catch (SyncCancelledException e) {
      return end(begun, context, State.CANCELLED, e.getMessage());
    } catch (RateLimitedException e) {
      return end(begun, context, State.RATE_LIMITED, e.getMessage())
          .withNotBefore(Optional.of(context.now().plus(e.retryAfter())));
    } catch (CorpusyncException e) {
      return end(begun, context, State.FAILED, e.getMessage())
          .withFailureKind(FailureClassifier.of(e));
    } catch (RuntimeException e) {
      // A listener's or a connector's own, whose text may quote a record.
      StackTraceElement[] stack = e.getStackTrace();
      String place = stack.length > 0 ? " at " + stack[0] : "";
      return end(begun, context, State.FAILED, e.getClass().getName() + place)
          .withFailureKind(FailureKind.OTHER);
    }
  }

  private Run end(Run begun, RunContext context, State state, String message) {
    Optional<Instant> open =
        Optional.of(context.api().pause())
            .filter(pause -> pause.compareTo(SHORT) > 0)
            .map(context.now()::plus);
    return begun
        .withEnd(state, context.now(), message)
        .withCounts(context.total())
        .withNotBefore(open);
  }

  private Run busy(Run begun, String why) {
    return begun.withEnd(State.BUSY, begun.started(), why);
  }

  public void cancel(ConnectionKey key) {
    Active running = active.get(key);
    if (running != null) {
      running.cancelled().set(true);
    }
  }

  public void cancelAndAwait(ConnectionKey key) {
    Active running = active.get(key);
    if (running != null) {
      running.cancelled().set(true);
      await(running);
    }
  }

  /** No run begins any more; those under way end between two pages. Blocks until they have. */
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
