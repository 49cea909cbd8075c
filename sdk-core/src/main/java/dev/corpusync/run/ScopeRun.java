package dev.corpusync.run;

import dev.corpusync.connector.ContainerStream;
import dev.corpusync.error.CursorExpiredException;
import dev.corpusync.sync.Checkpoint;
import dev.corpusync.sync.FailedItem;
import dev.corpusync.sync.FullPassReason;
import dev.corpusync.sync.HeldDeletion;
import dev.corpusync.sync.Pass;
import dev.corpusync.sync.Pass.Mode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Syncs one scope in one run: retries what failed, reads the listing, completes the pass. */
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
   * @param asked {@link Mode#INCREMENTAL} reads in full where changes cannot be asked for
   */
  void run(Mode asked) {
    List<FailedItem> failures =
        scope.run().store().journal().failures(scope.run().key(), scope.scope(), MOST_RETRIES);
    List<String> failing =
        failures.stream().filter(FailedItem::isIdentified).map(FailedItem::id).toList();
    PageProcessor processor = new PageProcessor(scope, deriver, Set.copyOf(failing), heldPlan());
    Checkpoint checkpoint =
        scope
            .run()
            .store()
            .checkpoints()
            .checkpoint(scope.run().key(), scope.scope())
            .orElse(Checkpoint.none(scope.scope()));
    PassReader<?> reader =
        new PassReader<>(scope, processor, scope.plan().stream().source().extractor());
    retry(processor, failing);
    if (scope.fingerprint().differs(checkpoint.settingsFingerprint())) {
      checkpoint = Checkpoint.none(scope.scope()).owingFullPass(FullPassReason.SETTINGS);
    }
    if (asked == Mode.INCREMENTAL) {
      checkpoint
          .fullPassOwed()
          .ifPresent(
              reason ->
                  scope.run().notice(scope.scope() + " is read in full: " + reason.message()));
    }
    new PassCompletion(scope, processor).complete(read(reader, checkpoint, asked));
  }

  private Checkpoint read(PassReader<?> reader, Checkpoint checkpoint, Mode asked) {
    try {
      return reader.read(begun(checkpoint, asked));
    } catch (CursorExpiredException e) {
      scope.run().notice("full resync of " + scope.scope() + ": " + e.getMessage());
      // P4: a cursor that is of no more use means reading everything, never a gap.
      return reader.read(begun(restarted(checkpoint), Mode.FULL));
    }
  }

  private Optional<HeldDeletion> heldPlan() {
    return scope.run().store().journal().held(scope.run().key(), scope.scope());
  }

  /** Before the listing, so that what succeeds here is not read twice. */
  private void retry(PageProcessor processor, List<String> failing) {
    scope.plan().byIds().ifPresent(ids -> new IdReader(scope, processor, ids).read(failing));
  }

  private Checkpoint begun(Checkpoint checkpoint, Mode asked) {
    // A pass that was begun in full is finished in full.
    boolean fullUnderWay = checkpoint.pass().filter(p -> p.mode() == Mode.FULL).isPresent();
    Mode mode = fullUnderWay ? Mode.FULL : possible(checkpoint, asked);
    // A full pass that was asked for does not resume an incremental one; every other one is
    // resumed.
    boolean resumes = checkpoint.pass().filter(p -> p.mode() == mode && !isOutdated(p)).isPresent();
    return resumes ? checkpoint : checkpoint.withPass(Pass.begin(mode));
  }

  /**
   * P6: the items of a container are read only while it is known that the container is visible.
   * What an interrupted run knew of that becomes outdated.
   */
  private boolean isOutdated(Pass pass) {
    return scope.plan().stream() instanceof ContainerStream
        && pass.candidate()
            .filter(began -> began.plus(CONTAINERS_ARE_KNOWN).isBefore(scope.run().now()))
            .isPresent();
  }

  private Mode possible(Checkpoint checkpoint, Mode asked) {
    boolean canAskForChanges =
        switch (scope.plan().stream().source().changes()) {
          case RELISTED -> false;
          case SINCE -> checkpoint.watermark().isPresent();
          case TOKEN -> checkpoint.deltaToken().isPresent();
        };
    return canAskForChanges && checkpoint.fullPassOwed().isEmpty() ? asked : Mode.FULL;
  }

  private Checkpoint restarted(Checkpoint checkpoint) {
    return checkpoint.toBuilder()
        .watermark(Optional.empty())
        .deltaToken(Optional.empty())
        .pass(Optional.empty())
        .build();
  }
}
