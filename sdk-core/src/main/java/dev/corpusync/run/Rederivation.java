package dev.corpusync.run;

import dev.corpusync.artifact.Artifact;
import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.Part;
import dev.corpusync.artifact.PartUnavailable;
import dev.corpusync.artifact.Parts;
import dev.corpusync.artifact.Visibility;
import dev.corpusync.connector.Guarded;
import dev.corpusync.document.Access;
import dev.corpusync.document.Ref;
import dev.corpusync.extract.PartListing;
import dev.corpusync.run.AuthorCalls.ItemFailed;
import dev.corpusync.store.Answer;
import dev.corpusync.store.Commit;
import dev.corpusync.store.ItemState;
import dev.corpusync.store.ItemWrite;
import dev.corpusync.store.StoredDocument;
import dev.corpusync.sync.FailedItem;
import dev.corpusync.sync.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Asks again for the answers about stored items (visibility, access, text), where something that
 * they are made of or the version of the stream has changed: no request to the source (P9).
 */
final class Rederivation {
  private static final int PAGE = 200;
  private final RunContext run;
  private final Deriver deriver;
  private long seen;
  private long undecided;

  Rederivation(RunContext run, Deriver deriver) {
    this.run = run;
    this.deriver = deriver;
  }

  /** What is stale of one page. */
  private record Stale(
      StreamPlan plan,
      Guarded stream,
      Map<Ref, StoredDocument> documents,
      Map<String, ItemState> states) {}

  /** Derives the stale items of a stream, a page of them at a time. */
  void run(StreamPlan plan) {
    if (!(plan.stream() instanceof Guarded stream)) {
      return;
    }
    Optional<String> after = Optional.empty();
    while (true) {
      List<Artifact> stale =
          run.store().corpus().stale(run.key(), plan.kind(), plan.version(), after, PAGE);
      if (stale.isEmpty()) {
        return;
      }
      run.alive();
      if (run.isOver()) {
        run.yielded();
        return;
      }
      List<Ref> refs = stale.stream().map(Artifact::ref).toList();
      Stale page =
          new Stale(
              plan,
              stream,
              plan.transformation().isEmpty()
                  ? Map.of()
                  : run.store().corpus().documents(run.key(), refs),
              run.store()
                  .corpus()
                  .states(run.key(), plan.kind(), refs.stream().map(Ref::id).toList()));
      byContainer(stale).forEach((container, items) -> derive(page, container, items));
      run.advanced();
      after = Optional.of(refs.get(refs.size() - 1).id());
    }
  }

  private static Map<Optional<Ref>, List<Artifact>> byContainer(List<Artifact> stale) {
    return stale.stream()
        .collect(Collectors.groupingBy(Artifact::parent, LinkedHashMap::new, Collectors.toList()));
  }

  private void derive(Stale page, Optional<Ref> container, List<Artifact> items) {
    Optional<Artifact> stored =
        page.plan().nested().isEmpty() ? Optional.empty() : container.flatMap(run::artifact);
    ScopeContext scope = ScopeContext.of(run, page.plan(), stored);
    Commit.Builder work = run.begin();
    Map<String, FailedItem> failed = new HashMap<>();
    List<Artifact> visible = new ArrayList<>();
    List<ItemWrite> writes = new ArrayList<>();
    for (Artifact artifact : items) {
      try {
        if (isVisible(page, scope, artifact)) {
          visible.add(artifact);
        } else {
          // P6: what is hidden now is deleted now.
          work.delete(artifact.ref());
          scope.answers().noteHidden();
        }
      } catch (ItemFailed e) {
        undecided++;
        work.delete(artifact.ref());
        scope.answers().noteHidden();
        failed.put(artifact.ref().id(), failed(scope.scope(), artifact, e));
      }
    }
    seen += items.size();
    refuseTooMany(scope.scope());
    for (Artifact artifact : visible) {
      try {
        writes.add(derived(page, scope, artifact));
      } catch (ItemFailed e) {
        unanswered(page, scope, artifact).ifPresent(writes::add);
        failed.put(artifact.ref().id(), failed(scope.scope(), artifact, e));
      }
    }
    writes.forEach(work::item);
    failed.values().forEach(work::failed);
    if (!writes.isEmpty()) {
      scope.answers().unrecorded().forEach(work::scopeDependency);
    }
    if (visible.size() < items.size()) {
      noteHidden(scope, work);
    }
    run.commit(work);
  }

  private boolean isVisible(Stale page, ScopeContext scope, Artifact artifact) throws ItemFailed {
    Item item = scope.answers().item(Answer.VISIBILITY, artifact.payload().json(), Parts.none());
    try {
      Visibility visibility = AuthorCalls.ask("visibility", () -> page.stream().visibility(item));
      return visibility.isVisible();
    } catch (PartUnavailable e) {
      throw new ItemFailed("visibility: " + e.getMessage());
    }
  }

  /** A version that can decide nothing must not delete everything. */
  private void refuseTooMany(Scope scope) {
    if (run.config().exceedsBudget(undecided, seen)) {
      throw new ErrorBudgetException(
          "of "
              + seen
              + " stored records of "
              + scope
              + ", the visibility of "
              + undecided
              + " could not be told: that is above the error budget, and they stay. Repair"
              + " visibility() and run again");
    }
  }

  private ItemWrite derived(Stale page, ScopeContext scope, Artifact artifact) throws ItemFailed {
    ItemState state = Objects.requireNonNull(page.states().get(artifact.ref().id()));
    Access access = access(scope, artifact);
    Artifact answered =
        Artifact.of(
            artifact.ref(),
            artifact.parent(),
            artifact.revision(),
            artifact.payload(),
            artifact.parts(),
            Visibility.declared("it was asked for"),
            // P8: narrowed access stays so until a full pass has settled which revision is right.
            state.older().isPresent() ? artifact.access().common(access) : access);
    return deriver
        .derive(
            page.plan(),
            scope.answers(),
            answered,
            missing(page.plan(), artifact.parts()),
            Optional.of(artifact.access()),
            Optional.ofNullable(page.documents().get(artifact.ref())))
        .withOlder(state.older());
  }

  /**
   * P5: what cannot be derived keeps its document, and only those still read it who read it before
   * and may read it now; nobody, where access cannot be told. It stays stale.
   */
  private Optional<ItemWrite> unanswered(Stale page, ScopeContext scope, Artifact artifact) {
    Access narrowed;
    try {
      narrowed = artifact.access().common(access(scope, artifact));
    } catch (ItemFailed e) {
      narrowed = Access.known(List.of());
    }
    ItemState state = Objects.requireNonNull(page.states().get(artifact.ref().id()));
    return narrowed.equals(state.access())
        ? Optional.empty()
        : Optional.of(
            Narrowing.write(page.plan(), artifact, state, narrowed).withOlder(state.older()));
  }

  /**
   * P5: where a part of the item could not be read, what is stored stays: nothing of it arrives.
   * Where it is a part of a container, that container has changed, and nobody knows for whom.
   */
  private Access access(ScopeContext scope, Artifact artifact) throws ItemFailed {
    AccessReader.Answered answer =
        AccessReader.read(
            scope,
            scope.answers().item(Answer.ACCESS, artifact.payload().json(), artifact.parts()));
    return answer.isUnknown() && answer.lacksOwnPart()
        ? artifact.access().in(scope.realm())
        : answer.access();
  }

  private static Set<String> missing(StreamPlan plan, Parts parts) {
    return plan.parts().stream()
        .map(PartListing::part)
        .filter(part -> !parts.isCurrent(part))
        .map(Part::name)
        .collect(Collectors.toSet());
  }

  private void noteHidden(ScopeContext scope, Commit.Builder work) {
    run.store()
        .checkpoints()
        .checkpoint(run.key(), scope.scope())
        .map(
            checkpoint ->
                checkpoint.withHiddenUnder(scope.answers().hiddenUnder(checkpoint.hiddenUnder())))
        .ifPresent(work::checkpoint);
  }

  private FailedItem failed(Scope scope, Artifact artifact, ItemFailed why) {
    return FailedItem.identified(scope, artifact.ref().id(), why.reason(), run.now());
  }
}
