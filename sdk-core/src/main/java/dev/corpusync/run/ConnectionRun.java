package dev.corpusync.run;

import dev.corpusync.artifact.Artifact;
import dev.corpusync.connector.Connector;
import dev.corpusync.document.Ref;
import dev.corpusync.error.ConnectorDefectException;
import dev.corpusync.error.CorpusyncException;
import dev.corpusync.error.CredentialsRejectedException;
import dev.corpusync.error.RateLimitedException;
import dev.corpusync.error.StoreException;
import dev.corpusync.error.SyncCancelledException;
import dev.corpusync.store.Commit;
import dev.corpusync.sync.FailedItem;
import dev.corpusync.sync.FailureKind;
import dev.corpusync.sync.HeldDeletion;
import dev.corpusync.sync.Scope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The work of one run on one connection, stream after stream, its partitions side by side. */
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

  /** Asks who we are, before anything is read. */
  public void verify(Connector connector) {
    WatchedApi api = run.watch();
    AccountCheck.verify(run.connection(), connector, api);
    if (api.requests() > 0) {
      run.commit(run.begin().count(PassReader.requests(api.requests())));
    }
  }

  /** Reads every scope; one that fails does not stop the others. Returns why some failed. */
  public List<ScopeFailure> sync(boolean full) {
    for (StreamPlan plan : new FairOrder(run).of(plans)) {
      Partitions partitions = new Partitions(run, plan);
      ParallelTasks.run(
          run.config().executor(),
          plan.nested().isPresent() ? run.config().parallelism() : 1,
          () -> work(plan, partitions, full));
    }
    Rederivation again = new Rederivation(run, deriver);
    plans.forEach(again::run);
    return failures;
  }

  private void work(StreamPlan plan, Partitions partitions, boolean full) {
    boolean ended = false;
    try {
      for (Optional<ScopeContext> scope = partitions.next();
          scope.isPresent();
          scope = partitions.next()) {
        sync(plan, scope.get(), full);
      }
      ended = true;
    } finally {
      if (!ended) {
        // What ends one worker would end the others at their next request: they need not begin
        // another partition.
        partitions.stop();
      }
    }
  }

  private void sync(StreamPlan plan, ScopeContext scope, boolean full) {
    try {
      new ScopeRun(scope, deriver).run(full);
    } catch (StoreException
        | SyncCancelledException
        | CredentialsRejectedException
        | RateLimitedException e) {
      // Every other scope would fail alike.
      throw e;
    } catch (CorpusyncException e) {
      failed(plan, scope.scope(), e.getMessage(), FailureClassifier.of(e));
    } catch (RuntimeException e) {
      StackTraceElement[] stack = e.getStackTrace();
      failed(
          plan,
          scope.scope(),
          "the extractor of '"
              + plan.kind()
              + "' threw "
              + e.getClass().getSimpleName()
              + (stack.length > 0 ? " at " + stack[0] : ""),
          FailureKind.OTHER);
    }
  }

  private synchronized void failed(
      StreamPlan plan, Scope scope, String why, FailureKind failureKind) {
    run.unread(plan.kind());
    failures.add(new ScopeFailure(scope + ": " + why, failureKind));
  }

  /** Fetches things by id: the way of a retry, a hint, a person who asks. */
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
                  .or(() -> parentOf(plan, ref)));
      scopes.put(scope.scope(), scope);
      wanted.computeIfAbsent(scope.scope(), s -> new ArrayList<>()).add(ref);
    }
    scopes.forEach((scope, context) -> fetch(context, wanted.getOrDefault(scope, List.of())));
  }

  /** Tries one failed item again, in its own scope. */
  public void retry(FailedItem item) {
    StreamPlan plan = planOf(item.scope().stream().ref(item.id()));
    fetch(scopeOf(plan, item.scope().partition()), List.of(plan.kind().ref(item.id())));
  }

  private void fetch(ScopeContext scope, List<Ref> refs) {
    List<FailedItem> failures = run.store().journal().failures(run.key(), scope.scope(), 1_000);
    Set<String> failing = failures.stream().map(FailedItem::id).collect(Collectors.toSet());
    ScopeRun work = new ScopeRun(scope, deriver);
    work.fetch(
        new PageProcessor(scope, deriver, failing, Optional.empty()),
        scope
            .plan()
            .byIds()
            .orElseThrow(
                () ->
                    new ConnectorDefectException(
                        "a "
                            + scope.plan().kind()
                            + " cannot be fetched by id: its stream is not FetchedByIds")),
        refs.stream().map(ref -> scope.plan().sourceId(ref.id(), scope.parentRef())).toList());
  }

  /** Carries out or drops a held deletion, and lets the scope go on. */
  public void decide(HeldDeletion plan, boolean approved) {
    if (approved) {
      for (int from = 0; from < plan.refs().size(); from += 500) {
        Commit.Builder work = run.begin();
        plan.refs()
            .subList(from, Math.min(plan.refs().size(), from + 500))
            .forEach(ref -> work.delete(ref, plan.scope()));
        run.commit(work);
      }
    }
    run.commit(run.begin().decided(plan.plan()));
  }

  private StreamPlan planOf(Ref ref) {
    return plans.stream()
        .filter(p -> p.kind().equals(ref.kind()))
        .findFirst()
        .orElseThrow(
            () ->
                new ConnectorDefectException(
                    "connector '"
                        + run.connection().connector()
                        + "' has no stream of the kind '"
                        + ref.kind()
                        + "'"));
  }

  private static Optional<Ref> parentOf(StreamPlan plan, Ref ref) {
    int slash = ref.id().lastIndexOf('/');
    return plan.nested()
        .filter(n -> slash > 0)
        .map(n -> n.parent().ref(ref.id().substring(0, slash)));
  }

  private ScopeContext scopeOf(StreamPlan plan, Optional<Ref> parent) {
    Optional<Artifact> container =
        parent.map(p -> run.store().corpus().artifacts(run.key(), List.of(p)).get(p));
    if (plan.nested().isPresent() && container.isEmpty()) {
      throw new ConnectorDefectException(
          "the container of a " + plan.kind() + " is not stored: sync first");
    }
    return Partitions.scope(run, plan, container);
  }
}
