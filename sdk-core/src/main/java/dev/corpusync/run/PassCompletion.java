package dev.corpusync.run;

import dev.corpusync.connector.ContainerStream;
import dev.corpusync.document.Hash;
import dev.corpusync.document.Ref;
import dev.corpusync.extract.ByIds;
import dev.corpusync.prune.Fingerprints;
import dev.corpusync.store.Commit;
import dev.corpusync.store.Corpus;
import dev.corpusync.sync.Checkpoint;
import dev.corpusync.sync.FailedItem;
import dev.corpusync.sync.HeldDeletion;
import dev.corpusync.sync.Pass;
import dev.corpusync.sync.Pass.Mode;
import dev.corpusync.sync.Proof;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * What the end of a listing allows: deletions with proof (P7), then the promotion (P4). Repeatable
 * after a crash at any point.
 */
final class PassCompletion {
  private static final int BATCH = 500;
  private final ScopeContext scope;
  private final PageProcessor intake;

  PassCompletion(ScopeContext scope, PageProcessor intake) {
    this.scope = scope;
    this.intake = intake;
  }

  void conclude(Checkpoint checkpoint) {
    Pass pass = checkpoint.pass().orElseThrow();
    Optional<HeldDeletion> open = openPlan();
    if (pass.mode() == Mode.FULL && scope.plan().stream() instanceof ContainerStream) {
      new Sweep().eachMissing(id -> scope.run().unlisted(scope.plan().kind().ref(id)));
    }
    if (pass.mode() == Mode.INCREMENTAL || pass.proof() == Proof.NONE) {
      finish(checkpoint, pass, checkpoint.suspects(), open.isPresent(), scope.run().begin());
      return;
    }
    Sweep sweep = new Sweep();
    // The guard compares a listing with what the same question gave before: without one, there is
    // nothing to compare.
    Optional<HeldDeletion> held = checkpoint.completed() ? sweep.plan() : Optional.empty();
    String suspects =
        held.isPresent() ? checkpoint.suspects() : sweep.prune(pass.proof(), checkpoint.suspects());
    Commit.Builder work = scope.run().begin();
    open.ifPresent(plan -> work.decided(plan.plan()));
    held.ifPresent(plan -> hold(plan, work));
    // Every record of a whole listing had an id: what could not be read before can be read, or is
    // no more.
    failures().stream()
        .filter(f -> !f.isIdentified())
        .forEach(f -> work.resolved(scope.scope(), f.id()));
    finish(checkpoint, pass, suspects, held.isPresent(), work);
  }

  private void hold(HeldDeletion plan, Commit.Builder work) {
    work.held(plan);
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
   * P4: promoted only now, and not while a deletion waits or something was read that could not be
   * kept.
   */
  private void finish(
      Checkpoint checkpoint, Pass pass, String suspects, boolean held, Commit.Builder work) {
    boolean waits = held || unretriable(pass);
    Checkpoint next =
        Checkpoint.builder(checkpoint.scope())
            .watermark(waits ? checkpoint.watermark() : pass.candidate())
            .deltaToken(waits ? checkpoint.deltaToken() : pass.deltaToken())
            .completed(checkpoint.completed() || !waits)
            .suspects(suspects)
            .settingsFingerprint(scope.fingerprint().text(checkpoint.settingsFingerprint()))
            .build();
    scope.run().commit(work.checkpoint(next).clearSeen(scope.scope()));
  }

  /** P10: failed items that nothing will fetch again are read again by not promoting past them. */
  private boolean unretriable(Pass pass) {
    boolean wholeListing = pass.mode() == Mode.FULL && pass.proof() != Proof.NONE;
    boolean byIds = scope.plan().byIds().isPresent();
    return failures().stream().anyMatch(f -> f.isIdentified() ? !byIds : !wholeListing);
  }

  private List<FailedItem> failures() {
    return scope.run().store().journal().failures(scope.run().key(), scope.scope(), 1_000);
  }

  private Optional<HeldDeletion> openPlan() {
    return scope.run().store().journal().held(scope.run().key()).stream()
        .filter(p -> p.scope().equals(scope.scope()))
        .findFirst();
  }

  /**
   * Mark and sweep over the ids of the scope, a page of them at a time. It can be made only here,
   * from a listing that has ended.
   */
  private final class Sweep {
    private final Corpus corpus = scope.run().store().corpus();
    private final Fingerprints seen =
        Fingerprints.of(scope.run().store().checkpoints().seen(scope.run().key(), scope.scope()));
    // Where a miss proves nothing, asking for it leads nowhere: then two listings must agree.
    private final Optional<ByIds> confirming = scope.plan().byIds().filter(ByIds::provesAbsence);
    private final int stored = corpus.count(scope.run().key(), scope.scope());

    /** The plan to hold when too much is missing to believe it. */
    Optional<HeldDeletion> plan() {
      int[] missing = {0};
      eachMissing(id -> missing[0]++);
      if (!scope.run().config().guard().holds(missing[0], stored)) {
        return Optional.empty();
      }
      List<Ref> refs = new ArrayList<>();
      eachMissing(id -> refs.add(scope.plan().kind().ref(id)));
      String plan =
          Hash.of(scope.scope().stream() + scope.scope().partitionKey() + refs).substring(0, 12);
      return Optional.of(HeldDeletion.of(plan, scope.scope(), refs, stored, scope.run().now()));
    }

    /**
     * Deletes what is proved to be gone; returns what is suspected and must be missing once more.
     */
    String prune(Proof proof, String suspectedBefore) {
      Fingerprints before = Fingerprints.decode(suspectedBefore);
      TreeSet<String> suspected = new TreeSet<>();
      List<String> batch = new ArrayList<>();
      eachMissing(
          id -> {
            if (proof == Proof.SAID || confirming.isPresent() || before.contains(id)) {
              batch.add(id);
            } else {
              suspected.add(id);
            }
            if (batch.size() == BATCH) {
              delete(proof, batch);
            }
          });
      delete(proof, batch);
      return Fingerprints.encode(suspected);
    }

    private void delete(Proof proof, List<String> ids) {
      if (ids.isEmpty()) {
        return;
      }
      Commit.Builder work = scope.run().begin();
      if (proof == Proof.SAID || confirming.isEmpty()) {
        ids.forEach(id -> work.delete(scope.plan().kind().ref(id), scope.scope()));
      } else {
        confirm(confirming.get(), ids, work);
      }
      scope.run().commit(work);
      ids.clear();
    }

    /**
     * Asks for each: what answers is taken in, what is gone is deleted, what is denied stays (P5).
     */
    private void confirm(ByIds byIds, List<String> ids, Commit.Builder work) {
      WatchedApi api = scope.run().watch();
      ByIds.Found found =
          byIds.fetch(
              api,
              scope.at(),
              ids.stream().map(id -> scope.plan().sourceId(id, scope.parentRef())).toList());
      api.rethrow();
      work.count(PassReader.requests(api.requests()));
      intake.take(found, work);
    }

    private void eachMissing(Consumer<String> visitor) {
      Optional<String> after = Optional.empty();
      while (true) {
        List<String> ids = corpus.idsAfter(scope.run().key(), scope.scope(), after, 1_000);
        ids.stream().filter(id -> !seen.contains(id)).forEach(visitor);
        if (ids.size() < 1_000) {
          return;
        }
        after = Optional.of(ids.get(ids.size() - 1));
        scope.run().alive();
      }
    }
  }
}
