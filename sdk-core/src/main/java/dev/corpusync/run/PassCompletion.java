package dev.corpusync.run;

import dev.corpusync.connector.ContainerStream;
import dev.corpusync.extract.ByIds;
import dev.corpusync.prune.Evidence;
import dev.corpusync.prune.Fingerprints;
import dev.corpusync.prune.Loss;
import dev.corpusync.prune.Sweep;
import dev.corpusync.store.Commit;
import dev.corpusync.sync.Checkpoint;
import dev.corpusync.sync.FailedItem;
import dev.corpusync.sync.FullPassReason;
import dev.corpusync.sync.HeldDeletion;
import dev.corpusync.sync.Pass;
import dev.corpusync.sync.Pass.Mode;
import dev.corpusync.sync.Proof;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Completes a pass whose listing has ended: deletions with proof (P7), then the promotion of the
 * watermark (P4). Repeatable after a crash at any point.
 */
final class PassCompletion {
  private static final int MOST_DELETIONS = 500;

  private final ScopeContext scope;
  private final PageProcessor processor;
  private final Set<String> over;
  private boolean missesContainers;
  private final int heldAtFirst;

  /**
   * @param over unidentified failed items that are over, since the pass did not meet them again
   * @param heldAtFirst how many items the held deletion of the scope named when the run began it
   */
  PassCompletion(ScopeContext scope, PageProcessor processor, Set<String> over, int heldAtFirst) {
    this.scope = scope;
    this.processor = processor;
    this.over = over;
    this.heldAtFirst = heldAtFirst;
  }

  /** What pruning came to: a deletion that is held, or what only a second listing can prove. */
  private record Pruned(Optional<HeldDeletion> held, String suspects) {}

  /**
   * Completes the pass, unless something is missing: that is decided on when the run has read every
   * scope, and until then the pass stays as it is. Returns whether it is complete.
   */
  boolean complete(Checkpoint checkpoint) {
    Pass pass = checkpoint.pass().orElseThrow();
    boolean container = scope.plan().stream() instanceof ContainerStream;
    checkpoint.tombstoned().forEach(this::unlisted);
    int[] orphans = {0};
    if (pass.mode() == Mode.FULL && (container || isProof(checkpoint))) {
      sweep()
          .eachOrphan(
              id -> {
                orphans[0]++;
                if (container) {
                  unlisted(id);
                }
              });
    }
    missesContainers = container && orphans[0] > 0;
    boolean missing = orphans[0] > 0 && isProof(checkpoint);
    if (missing || !checkpoint.tombstoned().isEmpty()) {
      return false;
    }
    conclude(checkpoint, "", Optional.empty());
    return true;
  }

  private void unlisted(String id) {
    scope.run().unlisted(scope.plan().kind().ref(id));
  }

  /** What would be lost if all that is missing were deleted. */
  Loss loss() {
    return sweep().loss(this::documents);
  }

  private int documents(List<String> ids) {
    if (!(scope.plan().stream() instanceof ContainerStream)) {
      return scope.plan().transformation().isPresent() ? ids.size() : 0;
    }
    return scope
        .run()
        .store()
        .corpus()
        .documentsWithin(scope.run().key(), ids.stream().map(scope.plan().kind()::ref).toList());
  }

  /** Whether an absence from this pass counts. */
  boolean isProof(Checkpoint checkpoint) {
    Pass pass = checkpoint.pass().orElseThrow();
    return pass.mode() == Mode.FULL && proof(checkpoint, pass).provesAbsence();
  }

  /** Deletes what is missing, and completes the pass. */
  void delete(Checkpoint checkpoint) {
    deleteAll(List.copyOf(checkpoint.tombstoned()));
    String suspects = isProof(checkpoint) ? prune(checkpoint) : "";
    conclude(checkpoint, suspects, Optional.empty());
  }

  /** Holds the deletion of what is missing, and completes the pass. What was told is deleted. */
  void hold(Checkpoint checkpoint, Loss loss, HeldDeletion.Reason reason) {
    deleteAll(List.copyOf(checkpoint.tombstoned()));
    HeldDeletion plan =
        HeldDeletion.builder(loss.plan(), scope.scope())
            .missing(loss.items())
            .total(loss.ofItems())
            .documents(loss.documents())
            .reason(reason)
            .since(scope.run().now())
            .build();
    hold(plan);
    missesContainers = scope.plan().stream() instanceof ContainerStream;
    conclude(checkpoint, checkpoint.suspects(), Optional.of(plan));
  }

  /** The held deletion of the scope as it is now. */
  Optional<HeldDeletion> heldPlan() {
    return scope.run().store().journal().held(scope.run().key(), scope.scope());
  }

  private void conclude(Checkpoint checkpoint, String suspects, Optional<HeldDeletion> held) {
    Pass pass = checkpoint.pass().orElseThrow();
    Commit.Builder work = begin();
    Optional<HeldDeletion> before = heldPlan();
    if (!isProof(checkpoint)) {
      // A plan of which everything was seen again has no reason any more.
      before.filter(plan -> plan.missing() == 0).ifPresent(plan -> work.decided(plan.plan()));
      Optional<HeldDeletion> open = before.filter(plan -> plan.missing() > 0);
      promote(checkpoint, pass, new Pruned(open, checkpoint.suspects()), work);
      return;
    }
    before.filter(plan -> held.isEmpty()).ifPresent(plan -> work.decided(plan.plan()));
    // Every record of a whole listing had an id: one that could not be read before was read now, or
    // is deleted. One that is refused stays failed as long as it is listed.
    List<FailedItem> nameless = failures().stream().filter(f -> !f.isIdentified()).toList();
    Fingerprints listed =
        nameless.stream().anyMatch(PassCompletion::isRefused)
            ? listed()
            : Fingerprints.of(List.of());
    nameless.stream()
        .filter(f -> !isRefused(f) || !listed.contains(f.id()))
        .forEach(f -> work.resolved(scope.scope(), f.id()));
    promote(checkpoint, pass, new Pruned(held, suspects), work);
  }

  /**
   * What the pass proves. A second look that was owed because of drift is taken as it is: a source
   * where something always moves would never be believed.
   */
  private static Proof proof(Checkpoint checkpoint, Pass pass) {
    return pass.proof() == Proof.DRIFTED
            && checkpoint.fullPassOwed().filter(FullPassReason.DRIFT::equals).isPresent()
        ? Proof.INFERRED
        : pass.proof();
  }

  private static boolean isRefused(FailedItem failed) {
    return failed.identity() == FailedItem.Identity.REFUSED;
  }

  private Sweep sweep() {
    return new Sweep(
        scope.run().store().corpus(),
        scope.run().key(),
        scope.scope(),
        listed(),
        scope.run()::alive);
  }

  private Fingerprints listed() {
    return Fingerprints.of(
        scope.run().store().checkpoints().seen(scope.run().key(), scope.scope()));
  }

  private String prune(Checkpoint checkpoint) {
    Proof proof = proof(checkpoint, checkpoint.pass().orElseThrow());
    // Where a miss proves nothing, asking by id leads nowhere: then two listings must agree.
    Optional<ByIds> confirming = scope.plan().byIds().filter(ByIds::provesAbsence);
    Evidence evidence =
        proof == Proof.SAID
            ? Evidence.LISTING
            : confirming.isPresent() ? Evidence.ANSWER_BY_ID : Evidence.SECOND_LISTING;
    Consumer<List<String>> batch =
        evidence == Evidence.ANSWER_BY_ID
            ? ids -> confirm(confirming.orElseThrow(), ids)
            : this::deleteAll;
    return sweep().prune(evidence, checkpoint.suspects(), batch);
  }

  private void deleteAll(List<String> ids) {
    for (int from = 0; from < ids.size(); from += MOST_DELETIONS) {
      Commit.Builder work = begin();
      ids.subList(from, Math.min(ids.size(), from + MOST_DELETIONS))
          .forEach(id -> work.delete(scope.plan().kind().ref(id), scope.scope()));
      scope.run().commit(work);
    }
  }

  private void confirm(ByIds byIds, List<String> ids) {
    new IdReader(scope, processor, byIds).read(ids);
  }

  /**
   * In pages. A crash between them leaves a plan that names fewer, until the pass, which is not
   * complete, is completed again.
   */
  private void hold(HeldDeletion plan) {
    scope.run().commit(begin().held(plan));
    sweep().eachBatch(ids -> scope.run().commit(begin().heldIds(plan.plan(), ids)));
    scope
        .run()
        .notice(
            plan.missing()
                + " of "
                + plan.total()
                + " "
                + scope.scope()
                + (plan.reason() == HeldDeletion.Reason.SETTINGS
                    ? " are no longer selected, since a setting has changed"
                    : " are missing from the listing")
                + (plan.documents() == plan.missing()
                    ? ""
                    : ", with " + plan.documents() + " documents")
                + ": their deletion is held as plan "
                + plan.plan());
  }

  /**
   * P4: promoted only now, and not while a deletion is held or something was read that could not be
   * kept.
   */
  private void promote(Checkpoint checkpoint, Pass pass, Pruned pruned, Commit.Builder work) {
    boolean unfinished = isUnfinished(pass);
    boolean waits = unfinished || pruned.held().isPresent() || hasUnretriableFailures(pass);
    Checkpoint next =
        Checkpoint.builder(checkpoint.scope())
            .watermark(waits ? checkpoint.watermark() : pass.candidate())
            .deltaToken(waits ? checkpoint.deltaToken() : pass.deltaToken())
            .completed(checkpoint.completed() || !waits)
            .suspects(pruned.suspects())
            .settingsFingerprint(scope.fingerprint().text(checkpoint.settingsFingerprint()))
            .fullPassOwed(owed(checkpoint, pass, unfinished))
            // P6: which containers were missing is known to this run only
            .round(missesContainers ? "" : scope.run().round())
            .hiddenUnder(scope.answers().hiddenUnder(checkpoint.hiddenUnder()))
            .build();
    over.forEach(id -> work.resolved(scope.scope(), id));
    scope.run().commit(work.checkpoint(next).clearSeen(scope.scope()));
  }

  /** P3: nobody said that the listing has ended; or records slipped away from a change pass. */
  private boolean isUnfinished(Pass pass) {
    boolean drifted = pass.mode() == Mode.INCREMENTAL && pass.proof() == Proof.DRIFTED;
    if (pass.proof() == Proof.UNFINISHED) {
      scope
          .run()
          .notice(
              "the listing of "
                  + scope.scope()
                  + " had an answer that is not whole (a status other than 200): nothing was deleted,"
                  + " and the next run reads the same again");
    }
    return drifted || pass.proof() == Proof.UNFINISHED;
  }

  private Optional<FullPassReason> owed(Checkpoint checkpoint, Pass pass, boolean unfinished) {
    if (pass.mode() == Mode.INCREMENTAL || unfinished) {
      return checkpoint.fullPassOwed().or(this::recovery);
    }
    if (proof(checkpoint, pass) != Proof.DRIFTED) {
      return Optional.empty();
    }
    scope
        .run()
        .notice(
            "the listing of "
                + scope.scope()
                + " changed while it was read: the next sync reads it in full once more");
    return Optional.of(FullPassReason.DRIFT);
  }

  /** What is seen of a held deletion by a change pass says that a full one would see more of it. */
  private Optional<FullPassReason> recovery() {
    return heldAtFirst > 0
            && heldPlan().filter(p -> p.missing() > 0 && p.missing() < heldAtFirst).isPresent()
        ? Optional.of(FullPassReason.RECOVERY)
        : Optional.empty();
  }

  /** P10: failed items that nothing will fetch again are read again by not promoting past them. */
  private boolean hasUnretriableFailures(Pass pass) {
    boolean wholeListing = pass.mode() == Mode.FULL && pass.proof().provesAbsence();
    boolean byIds = scope.plan().byIds().isPresent();
    return failures().stream()
        .filter(f -> !over.contains(f.id()))
        .anyMatch(
            f ->
                switch (f.identity()) {
                  case IDENTIFIED -> !byIds;
                  case UNIDENTIFIED -> !wholeListing;
                  // Reading it again would end the same.
                  case REFUSED -> false;
                });
  }

  private List<FailedItem> failures() {
    return scope.run().store().journal().failures(scope.run().key(), scope.scope(), 1_000);
  }

  private Commit.Builder begin() {
    return scope.run().begin();
  }
}
