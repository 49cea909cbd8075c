package dev.corpusync.run;

import dev.corpusync.connector.ContainerStream;
import dev.corpusync.error.CursorExpiredException;
import dev.corpusync.extract.ByIds;
import dev.corpusync.extract.Source.Changes;
import dev.corpusync.store.Commit;
import dev.corpusync.store.Journal;
import dev.corpusync.sync.Checkpoint;
import dev.corpusync.sync.FailedItem;
import dev.corpusync.sync.HeldDeletion;
import dev.corpusync.sync.Pass;
import dev.corpusync.sync.Pass.Mode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One scope in one run: retry what failed, walk the listing, conclude. */
final class ScopeRun {
  private static final int MOST_RETRIES = 1_000;

  /** Longer than most rate limits make a run wait. */
  private static final Duration CONTAINERS_ARE_KNOWN = Duration.ofHours(6);

  private final ScopeContext scope;
  private final Deriver deriver;

  ScopeRun(ScopeContext scope, Deriver deriver) {
    this.scope = scope;
    this.deriver = deriver;
  }

  /**
   * @param full whether everything is read even where changes could be asked for
   */
  void run(boolean full) {
    List<FailedItem> failures =
        scope.run().store().journal().failures(scope.run().key(), scope.scope(), MOST_RETRIES);
    Set<String> failing =
        failures.stream()
            .filter(FailedItem::isIdentified)
            .map(FailedItem::id)
            .collect(Collectors.toSet());
    PageProcessor intake = new PageProcessor(scope, deriver, failing, plan());
    Checkpoint checkpoint =
        scope
            .run()
            .store()
            .checkpoints()
            .checkpoint(scope.run().key(), scope.scope())
            .orElse(Checkpoint.none(scope.scope()));
    PassReader<?> walk =
        new PassReader<>(scope, intake, scope.plan().stream().source().extractor());
    retry(intake, failures);
    if (scope.fingerprint().differs(checkpoint.settingsFingerprint())) {
      scope.run().notice(scope.scope() + " is read in full: its settings have changed");
      checkpoint = Checkpoint.none(scope.scope());
    }
    Checkpoint ended;
    try {
      ended = walk.walk(begun(checkpoint, full));
    } catch (CursorExpiredException e) {
      scope.run().notice("full resync of " + scope.scope() + ": " + e.getMessage());
      // P4: a cursor that is of no more use means reading everything, never a gap.
      ended = walk.walk(begun(restarted(checkpoint), true));
    }
    new PassCompletion(scope, intake).conclude(ended);
  }

  private Optional<HeldDeletion> plan() {
    Journal journal = scope.run().store().journal();
    return journal.held(scope.run().key()).stream()
        .filter(p -> p.scope().equals(scope.scope()))
        .findFirst()
        .flatMap(p -> journal.held(scope.run().key(), p.plan()));
  }

  /**
   * Tries failed items again by their ids, before the listing, so that a success there is not
   * repeated here.
   */
  void retry(PageProcessor intake, List<FailedItem> failures) {
    List<String> ids =
        failures.stream()
            .filter(FailedItem::isIdentified)
            .map(f -> scope.plan().sourceId(f.id(), scope.parentRef()))
            .toList();
    if (ids.isEmpty() || scope.plan().byIds().isEmpty()) {
      return;
    }
    fetch(intake, scope.plan().byIds().get(), ids);
  }

  /** Fetches things by id and commits them, a batch at a time. */
  void fetch(PageProcessor intake, ByIds byIds, List<String> ids) {
    int batch = Math.max(byIds.size(), 20);
    for (int from = 0; from < ids.size(); from += batch) {
      WatchedApi api = scope.run().watch();
      ByIds.Found found =
          byIds.fetch(api, scope.at(), ids.subList(from, Math.min(ids.size(), from + batch)));
      api.rethrow();
      Commit.Builder work = scope.run().begin().count(PassReader.requests(api.requests()));
      intake.take(found, work);
      scope.run().commit(work);
    }
  }

  private Checkpoint begun(Checkpoint checkpoint, boolean full) {
    // What was to be read in full still is.
    boolean fullUnderWay = checkpoint.pass().filter(p -> p.mode() == Mode.FULL).isPresent();
    Mode mode = mode(checkpoint, full || fullUnderWay);
    // A full pass that was asked for does not continue an incremental one; every other pass under
    // way goes on.
    boolean goesOn = checkpoint.pass().filter(p -> p.mode() == mode && !isOutdated(p)).isPresent();
    return goesOn ? checkpoint : checkpoint.withPass(Pass.begin(mode));
  }

  /**
   * P6: what is in a container is read as long as the container is known to be visible. What an
   * interrupted run knew of it grows old.
   */
  private boolean isOutdated(Pass pass) {
    return scope.plan().stream() instanceof ContainerStream
        && pass.candidate()
            .filter(began -> began.plus(CONTAINERS_ARE_KNOWN).isBefore(scope.run().now()))
            .isPresent();
  }

  private Mode mode(Checkpoint checkpoint, boolean full) {
    Changes changes = scope.plan().stream().source().changes();
    boolean canAsk =
        switch (changes) {
          case RELISTED -> false;
          case SINCE -> checkpoint.watermark().isPresent();
          case TOKEN -> checkpoint.deltaToken().isPresent();
        };
    return canAsk && !full ? Mode.INCREMENTAL : Mode.FULL;
  }

  private Checkpoint restarted(Checkpoint checkpoint) {
    return checkpoint.toBuilder()
        .watermark(Optional.empty())
        .deltaToken(Optional.empty())
        .pass(Optional.empty())
        .build();
  }
}
