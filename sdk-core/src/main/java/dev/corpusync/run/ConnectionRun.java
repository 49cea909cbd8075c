package dev.corpusync.run;

import dev.corpusync.artifact.Artifact;
import dev.corpusync.connector.Connector;
import dev.corpusync.document.Kind;
import dev.corpusync.document.Ref;
import dev.corpusync.error.ContainerNotStoredException;
import dev.corpusync.error.CorpusyncException;
import dev.corpusync.error.CredentialsRejectedException;
import dev.corpusync.error.ExceptionSummary;
import dev.corpusync.error.KindNotFoundException;
import dev.corpusync.error.NotFetchableException;
import dev.corpusync.error.RateLimitedException;
import dev.corpusync.error.StoreException;
import dev.corpusync.error.SyncCancelledException;
import dev.corpusync.extract.ByIds;
import dev.corpusync.sync.FailedItem;
import dev.corpusync.sync.FailureKind;
import dev.corpusync.sync.HeldDeletion;
import dev.corpusync.sync.Pass.Mode;
import dev.corpusync.sync.Scope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one run does on one connection: streams one after the other, the partitions of a stream
 * concurrently.
 */
public final class ConnectionRun {
  private final RunContext run;
  private final List<StreamPlan> plans;
  private final Deriver deriver;
  private final PendingDeletions pending;
  private final List<ScopeFailure> failures = new ArrayList<>();

  ConnectionRun(RunContext run, List<StreamPlan> plans) {
    this.run = run;
    this.plans = plans;
    deriver = new Deriver(run, plans);
    pending = new PendingDeletions(run, deriver, plans);
  }

  /** Checks whose account the credentials open, before anything is read. */
  public void verify(Connector connector) {
    WatchedApi api = run.watch();
    AccountCheck.verify(run.connection(), connector, api);
    if (api.requests() > 0) {
      run.commit(run.begin().count(PassReader.requests(api.requests())));
    }
  }

  /**
   * Syncs every scope; one that fails does not stop the others. Returns why some failed.
   *
   * @param asked {@link Mode#INCREMENTAL} reads in full where changes cannot be asked for
   */
  public List<ScopeFailure> sync(Mode asked) {
    for (StreamPlan plan : new FairOrder(run).of(plans)) {
      Partitions partitions = new Partitions(run, plan);
      ParallelTasks.run(
          run.config().executor(),
          plan.nested().isPresent() ? run.config().parallelism() : 1,
          () -> work(plan, partitions, asked));
      rederiveChanged();
    }
    if (!run.hasYielded()) {
      // What is missing here may have moved to a scope that is read by the run that continues.
      pending.carryOut(this::attempt);
      rederiveChanged();
    }
    return failures;
  }

  /**
   * Derives again what is stale and what an earlier version derived. Before anything is read, so
   * that a changed setting or version narrows access also while the source does not answer (P9).
   */
  void rederive() {
    Rederivation rederivation = new Rederivation(run, deriver);
    plans.forEach(rederivation::run);
  }

  private void rederiveChanged() {
    if (run.takeChanged()) {
      rederive();
    }
  }

  private void work(StreamPlan plan, Partitions partitions, Mode asked) {
    boolean ended = false;
    try {
      for (Optional<ScopeContext> scope = partitions.next();
          scope.isPresent();
          scope = partitions.next()) {
        if (run.isOver()) {
          run.yielded();
          return;
        }
        ScopeRun scopeRun = new ScopeRun(scope.get(), deriver, pending);
        attempt(plan, scope.get().scope(), () -> scopeRun.run(asked));
      }
      ended = true;
    } finally {
      if (!ended) {
        // What ends one worker ends the others at their next request: none begins another
        // partition.
        partitions.stop();
      }
    }
  }

  private void attempt(StreamPlan plan, Scope scope, Runnable work) {
    try {
      work.run();
    } catch (ScopeYielded e) {
      // The others have their turn. P6: what lies in containers waits until all of them are read.
      run.unread(plan.kind());
      run.yielded();
    } catch (StoreException
        | SyncCancelledException
        | CredentialsRejectedException
        | RateLimitedException e) {
      // Every other scope would fail alike.
      throw e;
    } catch (CorpusyncException e) {
      failed(plan, scope, e.getMessage(), FailureClassifier.of(e));
    } catch (RuntimeException e) {
      failed(
          plan,
          scope,
          "the extractor of '" + plan.kind() + "' threw " + ExceptionSummary.of(e),
          FailureKind.OTHER);
    }
  }

  private synchronized void failed(
      StreamPlan plan, Scope scope, String why, FailureKind failureKind) {
    run.unread(plan.kind());
    failures.add(new ScopeFailure(scope + ": " + why, failureKind));
  }

  /**
   * Fetches items by id and stores or deletes them accordingly.
   *
   * @throws NotFetchableException when the stream of one cannot be fetched by id
   */
  public void refresh(Collection<Ref> refs) {
    Map<Ref, Artifact> stored = run.store().corpus().artifacts(run.key(), refs);
    Map<Scope, List<Ref>> wanted = new LinkedHashMap<>();
    Map<Scope, ScopeContext> scopes = new LinkedHashMap<>();
    for (Ref ref : refs) {
      StreamPlan plan = planOf(ref);
      ScopeContext scope =
          scopeOf(
              plan,
              Optional.ofNullable(stored.get(ref))
                  .flatMap(Artifact::parent)
                  .or(() -> plan.parentOf(ref)));
      scopes.put(scope.scope(), scope);
      wanted.computeIfAbsent(scope.scope(), s -> new ArrayList<>()).add(ref);
    }
    scopes.forEach((scope, context) -> fetch(context, wanted.getOrDefault(scope, List.of())));
    rederiveChanged();
  }

  /** Tries one failed item again, in its own scope. */
  public void retry(FailedItem item) {
    StreamPlan plan = planOf(item.scope().stream().ref(item.id()));
    fetch(scopeOf(plan, item.scope().partition()), List.of(plan.kind().ref(item.id())));
    rederiveChanged();
  }

  private void fetch(ScopeContext scope, List<Ref> refs) {
    OlderIds.remove(scope);
    ByIds byIds =
        scope
            .plan()
            .byIds()
            .orElseThrow(() -> new NotFetchableException(scope.plan().kind().name()));
    PageProcessor processor =
        new PageProcessor(
            scope,
            deriver,
            FailingItems.of(scope),
            run.store().journal().held(run.key(), scope.scope()));
    String prefix = scope.nestedPrefix().orElse("");
    // What is of another form was of an earlier version, and is removed by now.
    new IdReader(scope, processor, byIds)
        .read(refs.stream().map(Ref::id).filter(id -> id.startsWith(prefix)).toList());
    noteHidden(scope);
  }

  /** What is hidden now is not stored: the checkpoint says that a full pass may be owed for it. */
  private void noteHidden(ScopeContext scope) {
    run.store()
        .checkpoints()
        .checkpoint(run.key(), scope.scope())
        .ifPresent(
            checkpoint -> {
              String under = scope.answers().hiddenUnder(checkpoint.hiddenUnder());
              if (!under.equals(checkpoint.hiddenUnder())) {
                run.commit(run.begin().checkpoint(checkpoint.withHiddenUnder(under)));
              }
            });
  }

  /**
   * Looks again for what a held deletion names, and deletes what is still missing (P7). By id where
   * that is proof; else by listing the scope, of which the same is said as of every full pass.
   */
  public void approve(HeldDeletion plan) {
    ScopeContext scope = scopeOf(planOf(plan.scope().stream()), plan.scope().partition());
    new Approval(scope, deriver, pending).carryOut(plan);
    pending.carryOut((stream, at, work) -> work.run());
    rederiveChanged();
  }

  /** Drops a held deletion: nothing of it is deleted, and the next full pass looks again. */
  public void dismiss(HeldDeletion plan) {
    List<String> ids = heldIds(plan);
    while (!ids.isEmpty()) {
      run.commit(run.begin().released(plan.plan(), ids));
      ids = heldIds(plan);
    }
    run.commit(run.begin().decided(plan.plan()));
  }

  private List<String> heldIds(HeldDeletion plan) {
    return run.store().journal().heldIds(run.key(), plan.plan(), Optional.empty(), 500);
  }

  private StreamPlan planOf(Ref ref) {
    return planOf(ref.kind());
  }

  private StreamPlan planOf(Kind kind) {
    return plans.stream()
        .filter(p -> p.kind().equals(kind))
        .findFirst()
        .orElseThrow(() -> new KindNotFoundException(run.connection().connector(), kind.name()));
  }

  private ScopeContext scopeOf(StreamPlan plan, Optional<Ref> parent) {
    Optional<Artifact> container =
        parent.map(p -> run.store().corpus().artifacts(run.key(), List.of(p)).get(p));
    if (plan.nested().isPresent() && container.isEmpty()) {
      throw new ContainerNotStoredException(plan.kind().name());
    }
    return ScopeContext.of(run, plan, container);
  }
}
