package dev.corpusync.run;

import dev.corpusync.prune.DropGuard;
import dev.corpusync.store.Store;
import dev.corpusync.sync.RunListener;
import dev.corpusync.sync.Time;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * The settings of an engine, as its builder collected them.
 *
 * @param yieldAfter the time after which a run yields
 * @param yieldAfterRequests the requests after which a run yields
 * @param slots how many runs work at once
 * @param parallelism how many partitions of one connection are read concurrently, the calling
 *     thread included
 * @param prefetch whether the next page is fetched while this one commits
 */
public record RunConfig(
    Store store,
    Time time,
    RandomGenerator random,
    Executor executor,
    RunListener listener,
    DropGuard guard,
    Duration lease,
    Duration yieldAfter,
    long yieldAfterRequests,
    RunSlots slots,
    int parallelism,
    boolean prefetch,
    double errorBudget) {
  /** So few failed items never fail a run, whatever their share. */
  static final int TOLERATED_FAILURES = 20;

  boolean exceedsBudget(long failed, long seen) {
    return failed > TOLERATED_FAILURES && failed > seen * errorBudget;
  }
}
