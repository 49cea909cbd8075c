package dev.corpusync.run;

import dev.corpusync.artifact.Artifact;
import dev.corpusync.connection.Connection.Removals;
import dev.corpusync.document.Ref;
import dev.corpusync.prune.DropGuard;
import dev.corpusync.prune.Loss;
import dev.corpusync.sync.Checkpoint;
import dev.corpusync.sync.FullPassReason;
import dev.corpusync.sync.HeldDeletion;
import dev.corpusync.sync.HeldDeletion.Reason;
import dev.corpusync.sync.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The scopes of a run from which something is missing. Carried out once every scope was read: what
 * is missing here may have moved there, and the guard weighs all of it at once (P7).
 *
 * <p>Keeps names only. That a pass has ended and is not complete is in its checkpoint, and what is
 * missing is found again from what it has seen; so after a crash the next run finds the same. Safe
 * for many threads until {@link #carryOut}.
 */
final class PendingDeletions {
  private final RunContext run;
  private final Deriver deriver;
  private final List<StreamPlan> plans;
  private final List<Pending> all = new ArrayList<>();

  /** A scope whose pass has ended. */
  private record Pending(StreamPlan plan, Scope scope, Set<String> over) {}

  /** One that was weighed. */
  private record Weighed(Pending pending, Loss loss, Reason reason) {}

  /** Does work on one scope, which may fail without stopping the others. */
  interface ScopeAttempt {
    void run(StreamPlan plan, Scope scope, Runnable work);
  }

  PendingDeletions(RunContext run, Deriver deriver, List<StreamPlan> plans) {
    this.run = run;
    this.deriver = deriver;
    this.plans = plans;
  }

  /**
   * @param over unidentified failed items that are over once the pass is complete
   */
  synchronized void add(StreamPlan plan, Scope scope, Set<String> over) {
    all.add(new Pending(plan, scope, over));
  }

  /** Deletes or holds what is missing, and completes the passes. */
  void carryOut(ScopeAttempt attempt) {
    List<Weighed> small = new ArrayList<>();
    for (Pending pending : all) {
      attempt.run(
          pending.plan(),
          pending.scope(),
          () -> opened(pending).flatMap(open -> weighed(pending, open)).ifPresent(small::add));
    }
    boolean together = areTooManyTogether(small);
    for (Weighed weighed : small) {
      Pending pending = weighed.pending();
      attempt.run(
          pending.plan(),
          pending.scope(),
          () ->
              opened(pending)
                  .ifPresent(
                      open -> {
                        if (together && weighed.loss().documents() > 0) {
                          open.hold(weighed);
                        } else {
                          open.delete();
                        }
                      }));
    }
  }

  /** Decides on a scope that needs no other: returns the others. */
  private Optional<Weighed> weighed(Pending pending, Open open) {
    if (!open.completion().isProof(open.checkpoint())) {
      open.delete();
      return Optional.empty();
    }
    boolean settings =
        open.checkpoint().fullPassOwed().filter(FullPassReason.SETTINGS::equals).isPresent()
            || open.completion()
                .heldPlan()
                .filter(plan -> plan.reason() == Reason.SETTINGS)
                .isPresent();
    if (settings && run.connection().removals() == Removals.CONFIRMED) {
      open.delete();
      return Optional.empty();
    }
    Weighed weighed =
        new Weighed(pending, open.completion().loss(), settings ? Reason.SETTINGS : Reason.LISTING);
    if (weighed.loss().isHeldBy(guard())) {
      open.hold(weighed);
      return Optional.empty();
    }
    return Optional.of(weighed);
  }

  /** The guard over the whole connection, in documents. */
  private boolean areTooManyTogether(List<Weighed> small) {
    int documents = small.stream().mapToInt(weighed -> weighed.loss().documents()).sum();
    if (!guard().holds(documents, documents)) {
      return false;
    }
    int stored =
        plans.stream()
            .filter(plan -> plan.transformation().isPresent())
            .mapToInt(plan -> run.store().corpus().count(run.key(), Scope.of(plan.kind())))
            .sum();
    return guard().holds(documents, stored);
  }

  private DropGuard guard() {
    return run.config().guard();
  }

  /** A scope with what its completion needs. */
  private record Open(PassCompletion completion, Checkpoint checkpoint) {
    void delete() {
      completion.delete(checkpoint);
    }

    void hold(Weighed weighed) {
      completion.hold(checkpoint, weighed.loss(), weighed.reason());
    }
  }

  /** Empty when the container of the scope is gone by now. */
  private Optional<Open> opened(Pending pending) {
    Optional<Ref> container = pending.scope().partition();
    Optional<Artifact> stored =
        container.flatMap(
            ref ->
                Optional.ofNullable(
                    run.store().corpus().artifacts(run.key(), List.of(ref)).get(ref)));
    if (container.isPresent() && stored.isEmpty()) {
      return Optional.empty();
    }
    run.alive();
    ScopeContext scope = ScopeContext.of(run, pending.plan(), stored);
    Optional<HeldDeletion> held = run.store().journal().held(run.key(), pending.scope());
    PageProcessor processor = new PageProcessor(scope, deriver, FailingItems.of(scope), held);
    PassCompletion completion =
        new PassCompletion(
            scope, processor, pending.over(), held.map(HeldDeletion::missing).orElse(0));
    return run.store()
        .checkpoints()
        .checkpoint(run.key(), pending.scope())
        .filter(c -> c.pass().isPresent())
        .map(checkpoint -> new Open(completion, checkpoint));
  }
}
