package dev.corpusync.run;

import dev.corpusync.artifact.Artifact;
import dev.corpusync.connection.Connection;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.document.Kind;
import dev.corpusync.document.Ref;
import dev.corpusync.error.LeaseLostException;
import dev.corpusync.error.SyncCancelledException;
import dev.corpusync.extract.Api;
import dev.corpusync.store.Commit;
import dev.corpusync.store.CommitResult;
import dev.corpusync.store.Store;
import dev.corpusync.sync.Counts;
import dev.corpusync.sync.Fence;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What all work of one run shares: the fence, the renewal of the lease, the cancellation, and the
 * one way to write. Safe for many threads.
 */
final class RunContext {
  private static final int MOST_NOTICES = 10;

  /** P10: so many requests of one run go to failed items. */
  private static final int MOST_RETRIES = 500;

  private static final int MOST_RETRIES_OF_SCOPE = 100;

  private final RunConfig config;
  private final Connection connection;
  private final Api api;
  private final Fence fence;
  private final Run run;
  private final AtomicBoolean cancelled;
  private final AtomicLong requests = new AtomicLong();
  private final AtomicBoolean life = new AtomicBoolean(true);
  private final Slice slice;
  private final boolean followsWait;
  private final Map<String, String> moved = new HashMap<>();
  private final List<String> notices = new ArrayList<>();
  private final Set<Kind> unread = new HashSet<>();
  private final Set<Ref> unlisted = new HashSet<>();
  private int retries = MOST_RETRIES;
  private final Map<Kind, Boolean> lookedUp = new ConcurrentHashMap<>();
  private final AtomicBoolean changed = new AtomicBoolean();
  private Instant renewed;
  private boolean leaseLost;
  private boolean advanced;
  private boolean yielded;
  private Counts total = Counts.ZERO;

  RunContext(
      RunConfig config,
      Connection connection,
      Api api,
      Fence fence,
      Run run,
      AtomicBoolean cancelled,
      boolean followsWait) {
    this.config = config;
    this.connection = connection;
    this.api = api;
    this.fence = fence;
    this.run = run;
    this.cancelled = cancelled;
    this.followsWait = followsWait;
    renewed = config.time().now();
    slice = Slice.begin(config, requests::get);
  }

  RunConfig config() {
    return config;
  }

  Store store() {
    return config.store();
  }

  Connection connection() {
    return connection;
  }

  ConnectionKey key() {
    return connection.key();
  }

  Api api() {
    return api;
  }

  String run() {
    return run.id();
  }

  /** Whether an earlier run began the round; a run that begins one has read nothing of it. */
  boolean continuesRound() {
    return !run.round().equals(run.id());
  }

  /** The round of runs that this one belongs to. */
  String round() {
    return run.round();
  }

  /** Counts a request that is sent now. */
  void countRequest() {
    requests.incrementAndGet();
  }

  /** What was sent and is not counted by a commit: of a fetch that failed, say. */
  Counts uncounted() {
    return PassReader.requests(requests.get() - total().requests());
  }

  /** Returns what one scope may use. */
  Slice sliceOfScope() {
    return slice.half();
  }

  /** Notes that a step is committed, after which the run may yield: each run gets on by one. */
  synchronized void advanced() {
    advanced = true;
  }

  /** Returns whether it is time to begin nothing more. */
  synchronized boolean isOver() {
    return advanced && slice.isUsedUp();
  }

  /** Notes that something was left to the next run, to make room for others. */
  synchronized void yielded() {
    yielded = true;
  }

  synchronized boolean hasYielded() {
    return yielded;
  }

  /** Returns whether the run has made a step since this was last asked. */
  boolean showedLife() {
    return life.getAndSet(false);
  }

  /** Renews the lease, from another thread than those that work. */
  void renew() {
    Instant now = now();
    boolean mine = store().leases().renew(fence, now.plus(config.lease()));
    synchronized (this) {
      renewed = now;
      leaseLost |= !mine;
    }
  }

  /** Returns whether the last sync ended because the API accepted no more requests. */
  boolean followsWait() {
    return followsWait;
  }

  Instant now() {
    return config.time().now();
  }

  /** Returns a client that notes what happens during one fetch. */
  WatchedApi watch() {
    return watch(Integer.MAX_VALUE);
  }

  /**
   * @param most requests; one more is a defect of the connector
   */
  WatchedApi watch(int most) {
    return new WatchedApi(api, this, most);
  }

  /**
   * Ends the run if it was cancelled, and renews its lease when that is due. Called before each
   * request and each page, so that the lease outlives every wait of a request (P2).
   */
  synchronized void alive() {
    life.set(true);
    if (cancelled.get()) {
      throw new SyncCancelledException(
          "the run of " + key() + " was cancelled; the next one resumes from the last commit");
    }
    Instant now = now();
    // also where the clock was set back
    if (now.isAfter(renewed.plus(config.lease().dividedBy(3))) || now.isBefore(renewed)) {
      leaseLost |= !store().leases().renew(fence, now.plus(config.lease()));
      renewed = now;
    }
    if (leaseLost) {
      throw new LeaseLostException(
          "another worker has taken over "
              + key()
              + ": this run ends, and no page of it is half written");
    }
  }

  /** Reads one stored artifact. */
  Optional<Artifact> artifact(Ref ref) {
    return Optional.ofNullable(store().corpus().artifacts(key(), List.of(ref)).get(ref));
  }

  /** Whether documents look up items of this kind; asked once in a run. */
  boolean isLookedUp(Kind kind) {
    return lookedUp.computeIfAbsent(kind, k -> store().corpus().isLookedUp(key(), k));
  }

  /** Notes that a document looks up an item of this kind. */
  void noteLookUp(Kind kind) {
    lookedUp.put(kind, true);
  }

  /** Whether this run has changed something since the last call that answers may be made of. */
  boolean takeChanged() {
    return changed.getAndSet(false);
  }

  Commit.Builder begin() {
    return Commit.under(fence, run.id());
  }

  /** Commits work and adds its counts to the run's; the only way to write (P1). */
  CommitResult commit(Commit.Builder work) {
    Commit commit = work.build();
    CommitResult done = store().commit(commit);
    life.set(true);
    if (!commit.changed().isEmpty() || !commit.deletions().isEmpty()) {
      changed.set(true);
    }
    synchronized (this) {
      total = total.plus(done.counts());
    }
    return done;
  }

  synchronized Counts total() {
    return total;
  }

  /** Tells the listeners, and adds to the message of the run; never content. */
  void notice(String what) {
    config.listener().noticed(key(), what);
    synchronized (this) {
      if (notices.size() < MOST_NOTICES && !notices.contains(what)) {
        notices.add(what);
      }
    }
  }

  synchronized String notices() {
    return String.join("; ", notices);
  }

  void report(Scope scope) {
    config.listener().pageCommitted(key(), scope, total());
  }

  /**
   * Notes that an item moved to another container. Returns true when it moved before in this run,
   * which no source does.
   */
  synchronized boolean movedTwice(String ref, String parent) {
    return moved.put(ref, parent) != null;
  }

  /** Returns how many of these failed items may be tried again in this run. */
  synchronized int grantRetries(int wanted) {
    int granted = Math.min(wanted, Math.min(retries, MOST_RETRIES_OF_SCOPE));
    retries -= granted;
    return granted;
  }

  /** Notes that containers of a kind could not be read: their visibility is unknown. */
  synchronized void unread(Kind containers) {
    unread.add(containers);
  }

  /** Notes that a stored container was missing from a complete listing. */
  synchronized void unlisted(Ref container) {
    unlisted.add(container);
  }

  /** Returns whether the visibility of a stored container was decided in this run (P6). */
  synchronized boolean isJudged(Ref container) {
    return !unread.contains(container.kind()) && !unlisted.contains(container);
  }

  Fence fence() {
    return fence;
  }
}
