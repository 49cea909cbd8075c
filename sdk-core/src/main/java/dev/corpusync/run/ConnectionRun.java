package dev.corpusync.run;

import dev.corpusync.artifact.Artifact;
import dev.corpusync.connector.Connector;
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
import dev.corpusync.store.Commit;
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
import java.util.function.BiConsumer;

/**
 * What one run does on one connection: streams one after the other, the partitions of a stream
 * concurrently.
 */
public final class ConnectionRun {
  private final RunContext run;
  private final List<StreamPlan> plans;
  private final Deriver deriver;
  private final List<ScopeFailure> failures = new ArrayList<>();

  ConnectionRun(RunContext run, List<StreamPlan> plans) {
    this.run = run;
    this.plans = plans;
    deriver = new Deriver(run, plans);
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
        sync(plan, scope.get(), asked);
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

  private void sync(StreamPlan plan, ScopeContext scope, Mode asked) {
    try {
      new ScopeRun(scope, deriver).run(asked);
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
      failed(plan, scope.scope(), e.getMessage(), FailureClassifier.of(e));
    } catch (RuntimeException e) {
      failed(
          plan,
          scope.scope(),
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
        new PageProcessor(scope, deriver, FailingItems.of(scope), Optional.empty());
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

  /** Deletes what a held deletion names; its scope is promoted again from then on. */
  public void approve(HeldDeletion plan) {
    decide(plan, (id, work) -> work.delete(plan.scope().stream().ref(id), plan.scope()));
    rederiveChanged();
  }

  /** Drops a held deletion: nothing of it is deleted, and the next full pass looks again. */
  public void dismiss(HeldDeletion plan) {
    decide(plan, (id, work) -> {});
  }

  /** In pages, each of which leaves the plan: after a crash the same decision continues. */
  private void decide(HeldDeletion plan, BiConsumer<String, Commit.Builder> each) {
    List<String> ids = heldIds(plan);
    while (!ids.isEmpty()) {
      Commit.Builder work = run.begin();
      ids.forEach(id -> each.accept(id, work));
      run.commit(work.released(plan.plan(), ids));
      ids = heldIds(plan);
    }
    run.commit(run.begin().decided(plan.plan()));
  }

  private List<String> heldIds(HeldDeletion plan) {
    return run.store().journal().heldIds(run.key(), plan.plan(), Optional.empty(), 500);
  }

  private StreamPlan planOf(Ref ref) {
    return plans.stream()
        .filter(p -> p.kind().equals(ref.kind()))
        .findFirst()
        .orElseThrow(
            () -> new KindNotFoundException(run.connection().connector(), ref.kind().name()));
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
