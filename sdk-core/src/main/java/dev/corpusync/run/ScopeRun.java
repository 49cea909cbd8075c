package dev.corpusync.run;

import dev.corpusync.artifact.Artifact;
import dev.corpusync.artifact.Payload;
import dev.corpusync.connector.ContainerStream;
import dev.corpusync.document.Ref;
import dev.corpusync.error.CursorExpiredException;
import dev.corpusync.error.UnavailableException;
import dev.corpusync.extract.Source.Changes;
import dev.corpusync.store.Commit;
import dev.corpusync.sync.Checkpoint;
import dev.corpusync.sync.FullPassReason;
import dev.corpusync.sync.HeldDeletion;
import dev.corpusync.sync.Pass;
import dev.corpusync.sync.Pass.Mode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Syncs one scope in one run: reads the listing, completes the pass, retries what failed. */
final class ScopeRun {
  private static final int UNREAD_BATCH = 20;

  /** Longer than most rate limits make a run wait. */
  private static final Duration CONTAINERS_ARE_KNOWN = Duration.ofHours(6);

  private static final Duration CLOCKS_DIFFER = Duration.ofDays(1);

  private final ScopeContext scope;
  private final Deriver deriver;
  private final PendingDeletions pending;

  /**
   * @param pending receives the scope when something is missing from it
   */
  ScopeRun(ScopeContext scope, Deriver deriver, PendingDeletions pending) {
    this.scope = scope;
    this.deriver = deriver;
    this.pending = pending;
  }

  /**
   * @param asked {@link Mode#INCREMENTAL} reads in full where changes cannot be asked for
   */
  void run(Mode asked) {
    OlderIds.remove(scope);
    FailingItems failing = FailingItems.of(scope);
    Optional<HeldDeletion> held = heldPlan();
    PageProcessor processor = new PageProcessor(scope, deriver, failing, held);
    Checkpoint checkpoint =
        scope
            .run()
            .store()
            .checkpoints()
            .checkpoint(scope.run().key(), scope.scope())
            .orElse(Checkpoint.none(scope.scope()));
    if (isRead(checkpoint)) {
      return;
    }
    PassReader<?> reader =
        new PassReader<>(scope, processor, scope.plan().stream().source().extractor());
    if (scope.fingerprint().differs(checkpoint.settingsFingerprint())) {
      boolean parts = scope.fingerprint().differsForParts(checkpoint.settingsFingerprint());
      checkpoint =
          Checkpoint.none(scope.scope())
              .owingFullPass(parts ? FullPassReason.PART_SETTINGS : FullPassReason.SETTINGS);
    } else if (scope.answers().mayShowMore(checkpoint.hiddenUnder())) {
      // A full pass that is under way has hidden what may be visible by now: it begins anew.
      checkpoint =
          checkpoint.toBuilder()
              .pass(Optional.empty())
              .build()
              .owingFullPass(FullPassReason.HIDDEN);
    }
    if (checkpoint.fullPassOwed().isEmpty()
        && checkpoint.watermark().filter(this::isInFuture).isPresent()) {
      checkpoint = checkpoint.owingFullPass(FullPassReason.CLOCK);
    }
    if (asked == Mode.INCREMENTAL && scope.plan().stream().source().changes() != Changes.RELISTED) {
      checkpoint
          .fullPassOwed()
          .ifPresent(
              reason ->
                  scope.run().notice(scope.scope() + " is read in full: " + reason.message()));
    }
    Checkpoint read = read(reader, checkpoint, asked);
    Set<String> over = reader.isWhole() ? failing.over() : Set.of();
    int heldAtFirst = held.map(HeldDeletion::missing).orElse(0);
    if (!new PassCompletion(scope, processor, over, heldAtFirst).complete(read)) {
      pending.add(scope.plan(), scope.scope(), over);
    }
    retry(processor, failing);
    readUnreadParts(processor, asked);
  }

  /** After the listing, which may have read some of them. */
  private void readUnreadParts(PageProcessor processor, Mode asked) {
    if (scope.plan().parts().isEmpty()) {
      return;
    }
    List<Ref> due = scope.unread().due(asked);
    for (int from = 0; from < due.size(); from += UNREAD_BATCH) {
      List<Ref> batch = due.subList(from, Math.min(due.size(), from + UNREAD_BATCH));
      List<Payload> stored =
          scope.run().store().corpus().artifacts(scope.run().key(), batch).values().stream()
              .filter(artifact -> artifact.parent().equals(scope.parentRef()))
              .map(Artifact::payload)
              .toList();
      Commit.Builder work = scope.run().begin();
      processor.unread(stored).addTo(work);
      scope.run().commit(work);
    }
  }

  /**
   * P4: what changed until then would never be asked for. Clocks that differ a little are usual.
   */
  private boolean isInFuture(Instant watermark) {
    return watermark.isAfter(scope.run().now().plus(CLOCKS_DIFFER));
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

  /**
   * P10: after the listing, so that a request that fails for ever costs nothing else, and what the
   * listing has healed is not asked for.
   */
  private void retry(PageProcessor processor, FailingItems before) {
    if (before.isEmpty() || scope.plan().byIds().isEmpty()) {
      return;
    }
    List<String> due = before.due(FailingItems.of(scope), scope.run().now());
    List<String> ids = due.subList(0, scope.run().grantRetries(due.size()));
    try {
      new IdReader(scope, processor, scope.plan().byIds().get()).read(ids);
    } catch (UnavailableException e) {
      // The listing was read, so this is no reason to fail the scope: those that failed wait.
      scope.run().notice("retries of " + scope.scope() + " stopped: " + e.getMessage());
    }
  }

  /**
   * Whether an earlier run of this round has read the scope to its end. What a run knows of the
   * visibility of containers is read again after a while (P6).
   */
  private boolean isRead(Checkpoint checkpoint) {
    boolean known =
        !(scope.plan().stream() instanceof ContainerStream)
            || checkpoint.watermark().filter(this::isKnown).isPresent();
    return known
        && scope.run().continuesRound()
        && checkpoint.round().equals(scope.run().round())
        && checkpoint.fullPassOwed().isEmpty()
        && !scope.fingerprint().differs(checkpoint.settingsFingerprint())
        && !scope.answers().mayShowMore(checkpoint.hiddenUnder());
  }

  private boolean isKnown(Instant began) {
    Instant now = scope.run().now();
    return began.plus(CONTAINERS_ARE_KNOWN).isAfter(now)
        && began.minus(CONTAINERS_ARE_KNOWN).isBefore(now);
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
        && pass.candidate().filter(began -> !isKnown(began)).isPresent();
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
