package dev.corpusync.run;

import dev.corpusync.error.ConnectorDefectException;
import dev.corpusync.error.CursorExpiredException;
import dev.corpusync.error.NotFoundException;
import dev.corpusync.error.RequestRefusedException;
import dev.corpusync.extract.Extractor;
import dev.corpusync.extract.FetchRequest;
import dev.corpusync.extract.Page;
import dev.corpusync.prune.Fingerprints;
import dev.corpusync.store.Commit;
import dev.corpusync.store.CommitResult;
import dev.corpusync.sync.Checkpoint;
import dev.corpusync.sync.Counts;
import dev.corpusync.sync.Pass;
import dev.corpusync.sync.Pass.Mode;
import dev.corpusync.sync.Proof;
import dev.corpusync.sync.SyncCursor;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Walks one listing from where it stands to its end: fetch, take in, commit, page by page, with the
 * next page fetched meanwhile.
 */
final class PassReader<C extends SyncCursor> {
  private final ScopeContext scope;
  private final PageProcessor intake;
  private final Extractor<C> extractor;
  private final CursorCodec<C> codec;
  private long seen;
  private long failed;

  PassReader(ScopeContext scope, PageProcessor intake, Extractor<C> extractor) {
    this.scope = scope;
    this.intake = intake;
    this.extractor = extractor;
    codec =
        new CursorCodec<>(
            scope.run().connection().connector(), scope.plan().kind().name(), extractor.cursor());
  }

  /** What a page came to, on its way into a commit. */
  private record Taken(PageProcessor.Result result, Commit.Builder work) {}

  /** With what it came to where that could be told ahead. */
  private record Fetched<C extends SyncCursor>(
      Page<C> page,
      PageOutcome gate,
      Optional<Instant> date,
      long requests,
      Optional<Taken> taken) {
    Fetched<C> with(Taken done) {
      return new Fetched<>(page, gate, date, requests, Optional.of(done));
    }
  }

  /**
   * Reads on until the listing has ended, and commits each page.
   *
   * @throws CursorExpiredException when a stored cursor is of no more use
   */
  Checkpoint walk(Checkpoint from) {
    Checkpoint checkpoint = from;
    Pass pass = checkpoint.pass().orElseThrow();
    if (pass.ended()) {
      return checkpoint;
    }
    CycleGuard cycles = new CycleGuard(scope.scope().toString(), pass.cycleTrail());
    Fetched<C> fetched = resume(checkpoint, pass.next().map(codec::decode));
    while (true) {
      Optional<C> next = fetched.page().next();
      next.ifPresent(cursor -> cycles.step(codec.fingerprint(cursor)));
      cycles.page(fetched.page().records());
      Task<Fetched<C>> ahead = ahead(checkpoint, fetched, next);
      boolean goesOn = false;
      try {
        checkpoint = commit(checkpoint, fetched, cycles);
        scope.run().report(scope.scope());
        goesOn = next.isPresent();
      } finally {
        if (!goesOn && ahead != null) {
          // Nothing of a run may still be asking once it has ended.
          ahead.settle();
        }
      }
      if (!goesOn) {
        return checkpoint;
      }
      fetched = ahead != null ? ahead.await() : fetch(checkpoint, next);
    }
  }

  /**
   * The first page of a run. A position that an earlier run had reached may be of no use any more,
   * and the API say so in a way that nobody declared: refused again and again, it would stop the
   * scope for ever.
   */
  private Fetched<C> resume(Checkpoint checkpoint, Optional<C> position) {
    try {
      return fetch(checkpoint, position);
    } catch (RequestRefusedException | NotFoundException e) {
      if (position.isEmpty()) {
        throw e;
      }
      throw new CursorExpiredException(
          "the position that the last run had reached is refused (" + e.getMessage() + ")", e);
    }
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
          return isApart(front, behind) ? behind.with(take(checkpoint, behind)) : behind;
        });
  }

  /**
   * Whether the page behind can be compared with what is stored before the one in front of it is
   * committed: neither says anything about what the other is about.
   */
  private boolean isApart(Fetched<C> front, Fetched<C> behind) {
    return scope.plan().parts().isEmpty()
        && !intake.correctsPlan()
        && hasOnlyRecords(front.page())
        && hasOnlyRecords(behind.page())
        && Collections.disjoint(new HashSet<>(front.gate().listed()), behind.gate().listed());
  }

  private static boolean hasOnlyRecords(Page<?> page) {
    return page.tombstones().isEmpty()
        && page.gone().isEmpty()
        && page.asked().isEmpty()
        && page.unknown().isEmpty()
        && page.unchanged().isEmpty();
  }

  private Taken take(Checkpoint checkpoint, Fetched<C> fetched) {
    Commit.Builder work = scope.run().begin();
    boolean partsToo = isFull(checkpoint) || fetched.page().partsToo();
    return new Taken(intake.take(fetched.page(), fetched.gate(), partsToo, work), work);
  }

  private static boolean isFull(Checkpoint checkpoint) {
    return checkpoint.pass().orElseThrow().mode() == Mode.FULL;
  }

  private Fetched<C> fetch(Checkpoint checkpoint, Optional<C> position) {
    WatchedApi api = scope.run().watch(extractor.requestsPerPage());
    boolean incremental = checkpoint.pass().orElseThrow().mode() == Mode.INCREMENTAL;
    Optional<Instant> since = incremental ? checkpoint.watermark() : Optional.empty();
    Optional<C> deltaToken =
        incremental ? checkpoint.deltaToken().map(codec::decode) : Optional.empty();
    @Nullable Page<C> page =
        extractor.fetch(
            new FetchRequest<>(scope.at(), api, position, since, deltaToken, scope.run().now()));
    // An author may have caught what failed: the page is thrown away all the same.
    api.rethrow();
    if (page == null) {
      throw new ConnectorDefectException(
          "the extractor of '"
              + scope.plan().kind()
              + "' returned null: a page without records is Page.of(List.of())");
    }
    return new Fetched<>(
        page, intake.sort(page), api.firstDate(), api.requests(), Optional.empty());
  }

  private Checkpoint commit(Checkpoint checkpoint, Fetched<C> fetched, CycleGuard cycles) {
    Pass pass = checkpoint.pass().orElseThrow();
    Page<C> page = fetched.page();
    Taken taken = fetched.taken().orElseGet(() -> take(checkpoint, fetched));
    Commit.Builder work = taken.work();
    Proof proof =
        pass.proof()
            .weaker(page.proof())
            .weaker(taken.result().spoiled() ? Proof.NONE : Proof.SAID);
    Pass moved =
        Pass.builder(pass.mode())
            .next(page.next().map(codec::encode))
            .candidate(candidate(pass, fetched))
            .deltaToken(page.deltaToken().map(codec::encode))
            .pages(pass.pages() + 1)
            .proof(proof)
            .ended(page.next().isEmpty())
            .cycleTrail(cycles.trail())
            .build();
    Checkpoint next =
        checkpoint
            .withPass(moved)
            .withSettingsFingerprint(scope.fingerprint().text(checkpoint.settingsFingerprint()));
    work.checkpoint(next).count(requests(fetched.requests()));
    if (isFull(checkpoint)) {
      if (pass.pages() == 0) {
        work.clearSeen(scope.scope());
      }
      work.seen(
          new Commit.Seen(
              scope.scope(), moved.pages(), Fingerprints.ofAll(taken.result().listed())));
    }
    CommitResult done = scope.run().commit(work);
    spend(done.counts());
    return next;
  }

  /**
   * P4: the source's time of the first reply, or the end of what was asked for if that is earlier;
   * our clock only where it sends none.
   */
  private Optional<Instant> candidate(Pass pass, Fetched<C> fetched) {
    Instant first =
        pass.candidate().orElseGet(() -> fetched.date().orElseGet(() -> scope.run().now()));
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
              + " deleted; look at the failures, they name the question that failed");
    }
  }

  static Counts requests(long requests) {
    return Counts.builder().requests(requests).build();
  }
}
