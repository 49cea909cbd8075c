package dev.corpusync.engine;

import dev.corpusync.error.ConnectorDefectException;
import dev.corpusync.error.CursorExpiredException;
import dev.corpusync.error.NotFoundException;
import dev.corpusync.error.RequestRefusedException;
import dev.corpusync.extract.Ask;
import dev.corpusync.extract.Extractor;
import dev.corpusync.extract.Page;
import dev.corpusync.prune.Fingerprints;
import dev.corpusync.store.Commit;
import dev.corpusync.store.Committed;
import dev.corpusync.sync.Counts;
import dev.corpusync.sync.Pass;
import dev.corpusync.sync.Pass.Mode;
import dev.corpusync.sync.Progress;
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
final class PassWalk<C extends SyncCursor> {
  private final ScopeContext scope;
  private final Intake intake;
  private final Extractor<C> extractor;
  private final CursorCodec<C> codec;
  private long seen;
  private long failed;

  PassWalk(ScopeContext scope, Intake intake, Extractor<C> extractor) {
    this.scope = scope;
    this.intake = intake;
    this.extractor = extractor;
    codec =
        new CursorCodec<>(
            scope.run().connection().connector(), scope.plan().kind().name(), extractor.cursor());
  }

  /** What a page came to, on its way into a commit. */
  private record Taken(Intake.Result result, Commit.Builder work) {}

  /** With what it came to where that could be told ahead. */
  private record Fetched<C extends SyncCursor>(
      Page<C> page, Gate gate, Optional<Instant> date, long requests, Optional<Taken> taken) {
    Fetched<C> with(Taken done) {
      return new Fetched<>(page, gate, date, requests, Optional.of(done));
    }
  }

  /**
   * Reads on until the listing has ended, and commits each page.
   *
   * @throws CursorExpiredException when a stored cursor is of no more use
   */
  Progress walk(Progress from) {
    Progress progress = from;
    Pass pass = progress.pass().orElseThrow();
    if (pass.ended()) {
      return progress;
    }
    CycleGuard cycles = new CycleGuard(scope.scope().toString(), pass.trail());
    Fetched<C> fetched = resume(progress, pass.next().map(codec::decode));
    while (true) {
      Optional<C> next = fetched.page().next();
      next.ifPresent(cursor -> cycles.step(codec.fingerprint(cursor)));
      cycles.page(fetched.page().records());
      Task<Fetched<C>> ahead = ahead(progress, fetched, next);
      boolean goesOn = false;
      try {
        progress = commit(progress, fetched, cycles);
        scope.run().report(scope.scope());
        goesOn = next.isPresent();
      } finally {
        if (!goesOn && ahead != null) {
          // Nothing of a run may still be asking once it has ended.
          ahead.settle();
        }
      }
      if (!goesOn) {
        return progress;
      }
      fetched = ahead != null ? ahead.await() : fetch(progress, next);
    }
  }

  /**
   * The first page of a run. A position that an earlier run had reached may be of no use any more,
   * and the API say so in a way that nobody declared: refused again and again, it would stop the
   * scope for ever.
   */
  private Fetched<C> resume(Progress progress, Optional<C> position) {
    try {
      return fetch(progress, position);
    } catch (RequestRefusedException | NotFoundException e) {
      if (position.isEmpty()) {
        throw e;
      }
      throw new CursorExpiredException(
          "the position that the last run had reached is refused (" + e.getMessage() + ")", e);
    }
  }

  private @Nullable Task<Fetched<C>> ahead(Progress progress, Fetched<C> front, Optional<C> next) {
    if (next.isEmpty() || !scope.run().config().prefetch()) {
      return null;
    }
    return Task.start(
        scope.run().config().executor(),
        () -> {
          Fetched<C> behind = fetch(progress, next);
          return isApart(front, behind) ? behind.with(take(progress, behind)) : behind;
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

  private Taken take(Progress progress, Fetched<C> fetched) {
    Commit.Builder work = scope.run().begin();
    boolean partsToo = isFull(progress) || fetched.page().partsToo();
    return new Taken(intake.take(fetched.page(), fetched.gate(), partsToo, work), work);
  }

  private static boolean isFull(Progress progress) {
    return progress.pass().orElseThrow().mode() == Mode.FULL;
  }

  private Fetched<C> fetch(Progress progress, Optional<C> position) {
    WatchedApi api = scope.run().watch(extractor.requestsPerPage());
    boolean incremental = progress.pass().orElseThrow().mode() == Mode.INCREMENTAL;
    Optional<Instant> since = incremental ? progress.watermark() : Optional.empty();
    Optional<C> mark = incremental ? progress.mark().map(codec::decode) : Optional.empty();
    @Nullable Page<C> page =
        extractor.fetch(new Ask<>(scope.at(), api, position, since, mark, scope.run().now()));
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

  private Progress commit(Progress progress, Fetched<C> fetched, CycleGuard cycles) {
    Pass pass = progress.pass().orElseThrow();
    Page<C> page = fetched.page();
    Taken taken = fetched.taken().orElseGet(() -> take(progress, fetched));
    Commit.Builder work = taken.work();
    Proof proof =
        pass.proof()
            .weaker(page.proof())
            .weaker(taken.result().spoiled() ? Proof.NONE : Proof.SAID);
    Pass moved =
        new Pass(
            pass.mode(),
            page.next().map(codec::encode),
            candidate(pass, fetched),
            page.mark().map(codec::encode),
            pass.pages() + 1,
            proof,
            page.next().isEmpty(),
            cycles.trail());
    Progress next = progress.withPass(moved).asking(scope.question().text(progress.question()));
    work.progress(next).count(requests(fetched.requests()));
    if (isFull(progress)) {
      if (pass.pages() == 0) {
        work.forgetSeen(scope.scope());
      }
      work.seen(
          new Commit.Seen(
              scope.scope(), moved.pages(), Fingerprints.ofAll(taken.result().listed())));
    }
    Committed done = scope.run().commit(work);
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
    return new Counts(0, 0, 0, 0, 0, 0, 0, requests);
  }
}
