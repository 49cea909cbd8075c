package dev.corpusync.run;

import dev.corpusync.connector.ContainerStream;
import dev.corpusync.extract.ByIds;
import dev.corpusync.prune.Evidence;
import dev.corpusync.prune.Fingerprints;
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
  private final ScopeContext scope;
  private final PageProcessor processor;
  private final Set<String> over;
  private boolean missesContainers;

  /**
   * @param over unidentified failed items that are over, since the pass did not meet them again
   */
  PassCompletion(ScopeContext scope, PageProcessor processor, Set<String> over) {
    this.scope = scope;
    this.processor = processor;
    this.over = over;
  }

  /** What pruning came to: a deletion that is held, or what only a second listing can prove. */
  private record Pruned(Optional<HeldDeletion> held, String suspects) {}

  void complete(Checkpoint checkpoint) {
    Pass pass = checkpoint.pass().orElseThrow();
    Optional<HeldDeletion> heldBefore = heldPlan();
    if (pass.mode() == Mode.FULL && scope.plan().stream() instanceof ContainerStream) {
      sweep()
          .eachOrphan(
              id -> {
                scope.run().unlisted(scope.plan().kind().ref(id));
                missesContainers = true;
              });
    }
    if (pass.mode() == Mode.INCREMENTAL || !proof(checkpoint, pass).provesAbsence()) {
      promote(checkpoint, pass, new Pruned(heldBefore, checkpoint.suspects()), begin());
      return;
    }
    Pruned pruned = prune(checkpoint, proof(checkpoint, pass));
    Commit.Builder work = begin();
    heldBefore.filter(plan -> pruned.held().isEmpty()).ifPresent(plan -> work.decided(plan.plan()));
    pruned.held().ifPresent(this::hold);
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
    promote(checkpoint, pass, pruned, work);
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

  private Pruned prune(Checkpoint checkpoint, Proof proof) {
    Sweep sweep = sweep();
    // The guard compares a listing with an earlier one of the same scope and settings: without an
    // earlier one, there is nothing to compare.
    Optional<HeldDeletion> held =
        checkpoint.completed()
            ? sweep.held(scope.run().config().guard(), scope.run().now())
            : Optional.empty();
    if (held.isPresent()) {
      return new Pruned(held, checkpoint.suspects());
    }
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
    return new Pruned(held, sweep.prune(evidence, checkpoint.suspects(), batch));
  }

  private void deleteAll(List<String> ids) {
    Commit.Builder work = begin();
    ids.forEach(id -> work.delete(scope.plan().kind().ref(id), scope.scope()));
    scope.run().commit(work);
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
                + " are missing from the listing: their deletion is held as plan "
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
      return checkpoint.fullPassOwed();
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

  private Optional<HeldDeletion> heldPlan() {
    return scope.run().store().journal().held(scope.run().key(), scope.scope());
  }

  private Commit.Builder begin() {
    return scope.run().begin();
  }
}
