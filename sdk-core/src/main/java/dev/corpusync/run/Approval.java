package dev.corpusync.run;

import dev.corpusync.extract.ByIds;
import dev.corpusync.extract.Extractor;
import dev.corpusync.store.Commit;
import dev.corpusync.sync.Checkpoint;
import dev.corpusync.sync.HeldDeletion;
import dev.corpusync.sync.Pass;
import dev.corpusync.sync.SyncCursor;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Carries out a held deletion that a person has approved. The listing that missed its items may
 * have been wrong and may be old, so each item is looked for again, and only what is still missing
 * is deleted (P7). In pages, each of which leaves the plan: after a crash the same approval
 * continues.
 */
final class Approval {
  private static final int PAGE = 500;
  private final ScopeContext scope;
  private final Deriver deriver;
  private final PendingDeletions pending;

  /**
   * @param pending receives the scope when its new listing misses more than the plan names
   */
  Approval(ScopeContext scope, Deriver deriver, PendingDeletions pending) {
    this.scope = scope;
    this.deriver = deriver;
    this.pending = pending;
  }

  void carryOut(HeldDeletion plan) {
    PageProcessor processor =
        new PageProcessor(scope, deriver, FailingItems.of(scope), Optional.of(plan));
    Optional<ByIds> byIds = scope.plan().byIds().filter(ByIds::provesAbsence);
    if (byIds.isPresent()) {
      askById(plan, new IdReader(scope, processor, byIds.get()));
    } else {
      listAgain(plan, processor, scope.plan().stream().source().extractor());
    }
  }

  /** What is returned leaves the plan, what is gone is deleted, what is neither stays held. */
  private void askById(HeldDeletion plan, IdReader reader) {
    Optional<String> after = Optional.empty();
    List<String> ids = ids(plan, after);
    while (!ids.isEmpty()) {
      after = Optional.of(ids.get(ids.size() - 1));
      reader.read(ids);
      Set<String> left =
          scope.run().store().corpus().states(scope.run().key(), scope.plan().kind(), ids).keySet();
      List<String> gone = ids.stream().filter(id -> !left.contains(id)).toList();
      scope.run().commit(scope.run().begin().released(plan.plan(), gone));
      ids = ids(plan, after);
    }
    if (ids(plan, Optional.empty()).isEmpty()) {
      scope.run().commit(scope.run().begin().decided(plan.plan()));
    } else {
      scope
          .run()
          .notice(
              "some items of "
                  + scope.scope()
                  + " were neither shown by id nor said to be gone: they stay held as plan "
                  + plan.plan());
    }
  }

  private <C extends SyncCursor> void listAgain(
      HeldDeletion plan, PageProcessor processor, Extractor<C> extractor) {
    Checkpoint before =
        scope
            .run()
            .store()
            .checkpoints()
            .checkpoint(scope.run().key(), scope.scope())
            .orElse(Checkpoint.none(scope.scope()));
    Checkpoint read =
        new PassReader<>(scope, processor, extractor)
            .read(before.withPass(Pass.begin(Pass.Mode.FULL)));
    PassCompletion completion = new PassCompletion(scope, processor, Set.of(), plan.missing());
    if (completion.isProof(read)) {
      dropFound(plan, processor);
      deleteMissing(plan);
    } else {
      scope
          .run()
          .notice(
              "the new listing of "
                  + scope.scope()
                  + " proves nothing: its deletion stays held as plan "
                  + plan.plan());
    }
    if (!completion.complete(read)) {
      pending.add(scope.plan(), scope.scope(), Set.of());
    }
  }

  /**
   * Where an absence by id proves nothing, a presence still does: what is returned leaves the plan.
   */
  private void dropFound(HeldDeletion plan, PageProcessor processor) {
    scope
        .plan()
        .byIds()
        .map(byIds -> new IdReader(scope, processor, byIds))
        .ifPresent(
            reader -> {
              List<String> ids = ids(plan, Optional.empty());
              while (!ids.isEmpty()) {
                reader.read(ids);
                ids = ids(plan, Optional.of(ids.get(ids.size() - 1)));
              }
            });
  }

  /** The pages of the listing and the answers by id have taken off the plan what they hold. */
  private void deleteMissing(HeldDeletion plan) {
    List<String> ids = ids(plan, Optional.empty());
    while (!ids.isEmpty()) {
      Commit.Builder work = scope.run().begin();
      ids.forEach(id -> work.delete(scope.plan().kind().ref(id), scope.scope()));
      scope.run().commit(work.released(plan.plan(), ids));
      ids = ids(plan, Optional.empty());
    }
    scope.run().commit(scope.run().begin().decided(plan.plan()));
  }

  private List<String> ids(HeldDeletion plan, Optional<String> after) {
    return scope.run().store().journal().heldIds(scope.run().key(), plan.plan(), after, PAGE);
  }
}
