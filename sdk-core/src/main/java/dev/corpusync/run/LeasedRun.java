package dev.corpusync.run;

import dev.corpusync.error.CorpusyncException;
import dev.corpusync.error.ExceptionSummary;
import dev.corpusync.error.LeaseLostException;
import dev.corpusync.error.RateLimitedException;
import dev.corpusync.error.StoreException;
import dev.corpusync.error.SyncCancelledException;
import dev.corpusync.store.Commit;
import dev.corpusync.store.Store;
import dev.corpusync.sync.FailureKind;
import dev.corpusync.sync.FullPassReason;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.Run.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run, from the lease that it holds to its end. However it ends, its end is recorded where the
 * store allows it, its lease is released, and the listeners are told once.
 */
final class LeasedRun {
  private static final Logger log = LoggerFactory.getLogger(LeasedRun.class);

  /** A shorter wait is over before another process sends its first request. */
  private static final Duration SHORT = Duration.ofMinutes(1);

  private final RunConfig config;
  private final RunContext context;
  private final Run begun;
  private final Optional<Instant> closedUntil;
  private boolean recorded;
  private boolean released;
  private boolean told;

  /**
   * @param closedUntil until when the API accepts no request, as an earlier run was told
   */
  LeasedRun(RunConfig config, RunContext context, Run begun, Optional<Instant> closedUntil) {
    this.config = config;
    this.context = context;
    this.begun = begun;
    this.closedUntil = closedUntil;
  }

  /**
   * Does the work and ends the run.
   *
   * @throws StoreException when the store fails; the run has ended all the same
   */
  Run run(List<StreamPlan> plans, Runs.Work work) {
    try {
      begin();
      Run ended = outcome(plans, work);
      uninterrupted(
          () -> {
            record(ended);
            release();
          });
      tell(ended);
      return ended;
    } catch (LeaseLostException e) {
      // P2: the present holder of the lease has marked this run as abandoned; nothing may be
      // written.
      Run fenced = end(State.FENCED, e.getMessage());
      tell(fenced);
      return fenced;
    } catch (RuntimeException | Error e) {
      return abort(e);
    }
  }

  private void begin() {
    try {
      Commit.Builder begins = context.begin().record(begun);
      if (begun.trigger() == Run.Trigger.RESYNC) {
        // However this run ends, what it does not read in full is read in full by the next ones.
        begins.fullPassOwed(FullPassReason.RESYNC);
      }
      context.commit(begins);
    } finally {
      // also when the commit fails, so that each runEnded has its runStarted
      config.listener().runStarted(begun);
    }
  }

  /** A decision on a held deletion sends no request that could wait. */
  private boolean isRefused() {
    return closedUntil.isPresent() && begun.trigger() != Run.Trigger.DECISION;
  }

  private Run refused() {
    return end(
        State.RATE_LIMITED,
        "the API accepts no request before "
            + closedUntil.orElseThrow()
            + ": no request was sent. The next run resumes from the last commit");
  }

  private Run outcome(List<StreamPlan> plans, Runs.Work work) {
    try {
      ConnectionRun connectionRun = new ConnectionRun(context, plans);
      connectionRun.rederive();
      if (isRefused()) {
        return refused();
      }
      List<ScopeFailure> failures = work.on(connectionRun);
      if (context.hasYielded()) {
        return yielded(failures);
      }
      if (!failures.isEmpty()) {
        return end(State.FAILED, text(failures)).withFailureKind(failures.get(0).failureKind());
      }
      return end(needsReview() ? State.NEEDS_REVIEW : State.SUCCEEDED, context.notices());
    } catch (StoreException e) {
      throw e;
    } catch (SyncCancelledException e) {
      return end(State.CANCELLED, e.getMessage());
    } catch (RateLimitedException e) {
      return end(State.RATE_LIMITED, e.getMessage())
          .withNotBefore(
              later(closedUntil, Optional.of(StoredTimes.end(e.retryAfter(), context.now()))));
    } catch (CorpusyncException e) {
      return end(State.FAILED, e.getMessage()).withFailureKind(FailureClassifier.of(e));
    } catch (RuntimeException e) {
      return failed(e);
    }
  }

  /** What failed is said as well: a run of this round that ends may be far away. */
  private Run yielded(List<ScopeFailure> failures) {
    String why = "the run has used up its time or its requests; the next one resumes at once";
    Run ended =
        end(State.YIELDED, failures.isEmpty() ? why : why + ". Meanwhile: " + text(failures));
    return failures.isEmpty() ? ended : ended.withFailureKind(failures.get(0).failureKind());
  }

  private static String text(List<ScopeFailure> failures) {
    return failures.stream().map(ScopeFailure::why).collect(Collectors.joining("; "));
  }

  private boolean needsReview() {
    Store store = config.store();
    return !store.journal().held(begun.key()).isEmpty()
        || !store.journal().failures(begun.key(), 1).isEmpty();
  }

  private void record(Run ended) {
    context.commit(context.begin().record(ended).count(context.uncounted()));
    recorded = true;
  }

  /** A lease that cannot be released runs out by itself: no reason to fail a run. */
  private void release() {
    if (released) {
      return;
    }
    released = true;
    try {
      config.store().leases().release(context.fence());
    } catch (StoreException e) {
      log.warn(
          "lease not released, it expires connection={} run={} error={}",
          begun.key(),
          begun.id(),
          e.getMessage());
    }
  }

  private void tell(Run ended) {
    if (told) {
      return;
    }
    told = true;
    log.info(
        "run ended connection={} run={} state={} counts={}",
        begun.key(),
        begun.id(),
        ended.state(),
        ended.counts());
    config.listener().runEnded(ended);
  }

  /**
   * After a failed store or an Error: records, releases, tells, and does nothing else. What a
   * connector threw is no more than the failure of its run; a failure of the store, and an Error
   * that cannot be recorded, is the host's to know.
   */
  private Run abort(Throwable thrown) {
    Run ended =
        thrown instanceof CorpusyncException e ? end(State.FAILED, e.getMessage()) : failed(thrown);
    boolean connectors = thrown instanceof Error && !recorded;
    uninterrupted(
        () -> {
          if (!recorded) {
            attempt(thrown, () -> record(ended));
          }
          attempt(thrown, this::release);
        });
    attempt(thrown, () -> tell(ended));
    if (connectors && recorded && thrown.getSuppressed().length == 0) {
      return ended;
    }
    if (thrown instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) thrown;
  }

  /** An interrupt would make most pools refuse the connection that recording needs. */
  private static void uninterrupted(Runnable steps) {
    boolean interrupted = Thread.interrupted();
    try {
      steps.run();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void attempt(Throwable thrown, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | Error e) {
      if (e != thrown) {
        thrown.addSuppressed(e);
      }
    }
  }

  private Run failed(Throwable thrown) {
    // A connector's own, whose message may quote a record.
    return end(State.FAILED, ExceptionSummary.of(thrown));
  }

  private Run end(State state, String message) {
    Optional<Instant> open =
        Optional.of(context.api().pause())
            .filter(pause -> pause.compareTo(SHORT) > 0)
            .map(pause -> StoredTimes.end(pause, context.now()));
    Run ended =
        begun
            .withEnd(state, notBeforeItsStart(context.now()), message)
            .withCounts(context.total().plus(context.uncounted()))
            .withNotBefore(later(closedUntil, open));
    return state == State.FAILED ? ended.withFailureKind(FailureKind.OTHER) : ended;
  }

  private Instant notBeforeItsStart(Instant now) {
    return now.isBefore(begun.started()) ? begun.started() : now;
  }

  private static Optional<Instant> later(Optional<Instant> a, Optional<Instant> b) {
    return Stream.of(a, b).flatMap(Optional::stream).max(Comparator.naturalOrder());
  }
}
