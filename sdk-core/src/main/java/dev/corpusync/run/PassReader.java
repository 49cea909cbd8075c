package dev.corpusync.run;

import dev.corpusync.connector.ContainerStream;
import dev.corpusync.error.AccessDeniedException;
import dev.corpusync.error.ConnectorDefectException;
import dev.corpusync.error.CursorExpiredException;
import dev.corpusync.error.NotFoundException;
import dev.corpusync.error.RemoteException;
import dev.corpusync.error.RequestRefusedException;
import dev.corpusync.extract.Extractor;
import dev.corpusync.extract.FetchRequest;
import dev.corpusync.extract.Page;
import dev.corpusync.prune.Fingerprints;
import dev.corpusync.store.Commit;
import dev.corpusync.sync.Checkpoint;
import dev.corpusync.sync.Counts;
import dev.corpusync.sync.FullPassReason;
import dev.corpusync.sync.Pass;
import dev.corpusync.sync.Pass.Mode;
import dev.corpusync.sync.SyncCursor;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads one listing from its checkpoint to its end: fetch, process, commit, page by page, with the
 * next page fetched meanwhile. Not for use by two threads.
 */
final class PassReader<C extends SyncCursor> {
  private final ScopeContext scope;
  private final PageProcessor processor;
  private final Extractor<C> extractor;
  private final CursorCodec<C> codec;
  private boolean whole;
  private long seen;
  private long failed;

  PassReader(ScopeContext scope, PageProcessor processor, Extractor<C> extractor) {
    this.scope = scope;
    this.processor = processor;
    this.extractor = extractor;
    codec =
        new CursorCodec<>(
            scope.run().connection().connector(), scope.plan().kind().name(), extractor.cursor());
  }

  /**
   * A page on its way to its commit.
   *
   * @param began the watermark that its first request stands for; empty when it sent none
   * @param outcome where it could be told before the page in front was committed
   */
  private record Fetched<C extends SyncCursor>(
      Page<C> page,
      Received received,
      List<JudgedRecord> judged,
      Optional<Instant> began,
      long requests,
      Optional<PageOutcome> outcome) {
    Fetched<C> with(PageOutcome known) {
      return new Fetched<>(page, received, judged, began, requests, Optional.of(known));
    }

    Set<String> ids() {
      return judged.stream().flatMap(r -> r.id().stream()).collect(Collectors.toSet());
    }
  }

  /**
   * Reads until the listing has ended, and commits each page.
   *
   * @throws CursorExpiredException when a stored cursor is of no more use
   */
  Checkpoint read(Checkpoint from) {
    Checkpoint checkpoint = from;
    Pass pass = checkpoint.pass().orElseThrow();
    whole = pass.pages() == 0;
    if (pass.ended()) {
      return checkpoint;
    }
    Slice slice = scope.run().sliceOfScope();
    CycleGuard cycles = new CycleGuard(scope.scope().toString(), pass.cycleTrail());
    Fetched<C> fetched = resume(checkpoint, pass.next().map(codec::decode));
    while (true) {
      Optional<C> next = fetched.page().next();
      next.ifPresent(cursor -> cycles.step(codec.fingerprint(cursor)));
      cycles.page(fetched.page().records());
      Task<Fetched<C>> ahead = slice.isUsedUp() ? null : ahead(checkpoint, fetched, next);
      boolean continues = false;
      try {
        checkpoint = commit(checkpoint, fetched, cycles);
        scope.run().advanced();
        scope.run().report(scope.scope());
        if (next.isPresent() && slice.isUsedUp()) {
          throw new ScopeYielded();
        }
        continues = next.isPresent();
      } finally {
        if (!continues && ahead != null) {
          // No request of a run may be under way once the run has ended.
          ahead.settle();
        }
      }
      if (!continues) {
        return checkpoint;
      }
      fetched = ahead != null ? ahead.await() : fetch(checkpoint, next);
    }
  }

  /** Whether the last pass that was read was also begun by this reader. */
  boolean isWhole() {
    return whole;
  }

  /**
   * Fetches the first page of a run. The API may refuse, in a way that nobody declared, a cursor
   * that an earlier run had reached, or the delta token or watermark that it ended with: without a
   * full pass it would stop the scope for ever (P4). What starts a pass is asked for twice, since a
   * full pass costs much.
   */
  private Fetched<C> resume(Checkpoint checkpoint, Optional<C> cursor) {
    boolean incremental = !isFull(checkpoint);
    if (cursor.isEmpty() && !incremental) {
      return fetch(checkpoint, cursor);
    }
    try {
      return fetch(checkpoint, cursor);
    } catch (RequestRefusedException | NotFoundException | AccessDeniedException e) {
      if (cursor.isPresent()) {
        throw refused("the position that the last run had reached is refused", e);
      }
    }
    try {
      return fetch(checkpoint, cursor);
    } catch (RequestRefusedException | NotFoundException | AccessDeniedException e) {
      throw refused("what the last sync ended with was refused twice", e);
    }
  }

  private static CursorExpiredException refused(String what, RemoteException why) {
    return new CursorExpiredException(what + " (" + why.getMessage() + ")", why);
  }

  private @Nullable Task<Fetched<C>> ahead(
      Checkpoint checkpoint, Fetched<C> front, Optional<C> next) {
    if (next.isEmpty() || !scope.run().config().prefetch()) {
      return null;
    }
    return Task.start(
        scope.run().config().executor(),
        () -> {
          Fetched<C> behind = fetch(checkpoint, next);
          return areIndependent(front, behind) ? behind.with(process(checkpoint, behind)) : behind;
        });
  }

  /**
   * Whether the page behind can be compared with what is stored before the page in front is
   * committed: neither says anything of an item of the other.
   */
  private boolean areIndependent(Fetched<C> front, Fetched<C> behind) {
    return scope.plan().parts().isEmpty()
        && !processor.correctsPlan()
        && front.received().holdsOnlyRecords()
        && behind.received().holdsOnlyRecords()
        && Collections.disjoint(front.ids(), behind.ids());
  }

  private PageOutcome process(Checkpoint checkpoint, Fetched<C> fetched) {
    Reading reading =
        isFull(checkpoint)
            ? fullPass(checkpoint)
            : fetched.page().partsToo() ? Reading.CHANGES_OF_PARTS : Reading.CHANGES;
    return processor.process(fetched.received(), fetched.judged(), reading);
  }

  private static boolean isFull(Checkpoint checkpoint) {
    return checkpoint.pass().orElseThrow().mode() == Mode.FULL;
  }

  private Fetched<C> fetch(Checkpoint checkpoint, Optional<C> cursor) {
    WatchedApi api = scope.run().watch(extractor.requestsPerPage());
    boolean incremental = checkpoint.pass().orElseThrow().mode() == Mode.INCREMENTAL;
    Optional<Instant> since = incremental ? checkpoint.watermark() : Optional.empty();
    Optional<C> deltaToken =
        incremental ? checkpoint.deltaToken().map(codec::decode) : Optional.empty();
    @Nullable Page<C> page =
        extractor.fetch(
            FetchRequest.<C>first(scope.at(), api, scope.run().now())
                .withPosition(cursor)
                .withSince(since)
                .withDeltaToken(deltaToken));
    // P3: an author may have caught a failure; the page is dropped all the same.
    api.rethrow();
    if (page == null) {
      throw new ConnectorDefectException(
          "the extractor of '"
              + scope.plan().kind()
              + "' returned null: a page without records is Page.of(List.of())");
    }
    Received received = Received.of(page);
    return new Fetched<>(
        page,
        received,
        processor.judge(received.records()),
        api.began(),
        api.requests(),
        Optional.empty());
  }

  private Checkpoint commit(Checkpoint checkpoint, Fetched<C> fetched, CycleGuard cycles) {
    Page<C> page = fetched.page();
    PageOutcome outcome = fetched.outcome().orElseGet(() -> process(checkpoint, fetched));
    Pass pass = checkpoint.pass().orElseThrow();
    Pass moved =
        Pass.builder(pass.mode())
            .next(page.next().map(codec::encode))
            .candidate(candidate(pass, fetched))
            .deltaToken(page.deltaToken().map(codec::encode))
            .pages(pass.pages() + 1)
            .proof(pass.proof().weaker(page.proof()).weaker(outcome.proof()))
            .ended(page.next().isEmpty())
            .cycleTrail(cycles.trail())
            .build();
    Checkpoint next =
        checkpoint
            .withPass(moved)
            .withSettingsFingerprint(scope.fingerprint().text(checkpoint.settingsFingerprint()))
            .withHiddenUnder(hiddenUnder(checkpoint))
            .toBuilder()
            .tombstoned(tombstoned(checkpoint, outcome))
            .build();
    Commit.Builder work = scope.run().begin().checkpoint(next).count(requests(fetched.requests()));
    (defersDeletions() ? outcome.withoutTold() : outcome).addTo(work);
    if (isFull(checkpoint)) {
      if (pass.pages() == 0) {
        work.clearSeen(scope.scope());
      }
      work.seen(Commit.Seen.of(scope.scope(), moved.pages(), Fingerprints.ofAll(outcome.listed())));
    }
    spend(scope.run().commit(work).counts());
    scope.answers().recorded(outcome.scopeDependencies());
    return next;
  }

  private static Reading fullPass(Checkpoint checkpoint) {
    return checkpoint.fullPassOwed().equals(Optional.of(FullPassReason.PART_SETTINGS))
        ? Reading.FULL_PASS_OF_PARTS
        : Reading.FULL_PASS;
  }

  /** A full pass begins anew: what earlier ones hid is read again. */
  private String hiddenUnder(Checkpoint checkpoint) {
    boolean first = isFull(checkpoint) && checkpoint.pass().orElseThrow().pages() == 0;
    return scope.answers().hiddenUnder(first ? "" : checkpoint.hiddenUnder());
  }

  /**
   * What lies in a container may move out of it in a later page, or to a scope that is read later.
   */
  private boolean defersDeletions() {
    return scope.plan().stream() instanceof ContainerStream;
  }

  private Set<String> tombstoned(Checkpoint checkpoint, PageOutcome outcome) {
    if (!defersDeletions()) {
      return Set.of();
    }
    Set<String> ids = new LinkedHashSet<>(checkpoint.tombstoned());
    outcome.listed().forEach(ids::remove);
    ids.addAll(outcome.told());
    return ids;
  }

  /**
   * P4: when the first request began, or the end of the time that was asked for if that is earlier.
   */
  private Optional<Instant> candidate(Pass pass, Fetched<C> fetched) {
    Instant first = pass.candidate().or(fetched::began).orElseGet(() -> scope.run().now());
    Optional<Instant> upTo = fetched.page().upTo();
    return Optional.of(upTo.isPresent() && upTo.get().isBefore(first) ? upTo.get() : first);
  }

  private void spend(Counts counts) {
    seen += counts.seen();
    failed += counts.failed();
    if (scope.run().config().exceedsBudget(failed, seen)) {
      throw new ErrorBudgetException(
          "of "
              + seen
              + " records of "
              + scope.scope()
              + ", "
              + failed
              + " could not be read: that is above the error budget. Nothing was promoted or"
              + " deleted; the failed items name what failed");
    }
  }

  static Counts requests(long requests) {
    return Counts.builder().requests(requests).build();
  }
}
