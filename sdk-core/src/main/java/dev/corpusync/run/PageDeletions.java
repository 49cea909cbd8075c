package dev.corpusync.run;

import dev.corpusync.artifact.Payload;
import dev.corpusync.document.Ref;
import dev.corpusync.extract.Page;
import dev.corpusync.run.AuthorCalls.ItemFailed;
import dev.corpusync.store.Commit;
import dev.corpusync.sync.HeldDeletion;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a page says is to go: things deleted or hidden at the source, failures that are over, and
 * what of a deletion that waits for a person is not missing after all.
 */
final class PageDeletions {
  private final ScopeContext scope;
  private final Set<String> failing;
  private Optional<HeldDeletion> plan;

  /**
   * @param failing ids of this scope that are recorded as failed
   * @param plan the deletion of this scope that waits for a person
   */
  PageDeletions(ScopeContext scope, Set<String> failing, Optional<HeldDeletion> plan) {
    this.scope = scope;
    this.failing = failing;
    this.plan = plan;
  }

  /** Whether pages take things off a plan, one after the other. */
  boolean hasPlan() {
    return plan.isPresent();
  }

  /**
   * @param gate with the page's records
   * @param known ids of those that are stored
   */
  void write(Page<?> page, PageOutcome gate, Set<String> known, Commit.Builder into) {
    delete(page, gate, known, into);
    correctPlan(gate, into);
  }

  /**
   * Tombstones, ids that are gone, and what became hidden or cannot be judged any more (P6). What
   * is gone from this scope may have moved to another, which can have stored it already.
   */
  private void delete(Page<?> page, PageOutcome gate, Set<String> known, Commit.Builder into) {
    for (Payload tombstone : page.tombstones()) {
      try {
        Ref ref = gate.ref(scope.item(tombstone.json()));
        into.delete(ref, scope.scope());
        resolve(ref.id(), into);
      } catch (ItemFailed e) {
        gate.unreadable(e.reason());
      }
    }
    Set<String> gone = new HashSet<>(page.gone());
    gone.addAll(page.asked());
    for (String id : gone) {
      Ref ref = scope.plan().ref(id, scope.parentRef());
      if (page.gone().contains(id) || !gate.listed().contains(ref.id())) {
        into.delete(ref, scope.scope());
        resolve(ref.id(), into);
      }
    }
    gate.unjudged().stream()
        .filter(known::contains)
        .forEach(id -> into.delete(scope.plan().kind().ref(id)));
    gate.hidden().stream()
        .filter(known::contains)
        .forEach(id -> into.delete(scope.plan().kind().ref(id)));
    gate.hidden().forEach(id -> resolve(id, into));
    gate.visible().keySet().forEach(id -> resolve(id, into));
  }

  private void resolve(String id, Commit.Builder into) {
    if (failing.contains(id)) {
      into.resolved(scope.scope(), id);
    }
  }

  /** What is listed again is not missing any more, whatever a person decides later. */
  private void correctPlan(PageOutcome gate, Commit.Builder into) {
    if (plan.isEmpty()) {
      return;
    }
    HeldDeletion open = plan.get();
    List<Ref> still =
        open.refs().stream().filter(ref -> !gate.listed().contains(ref.id())).toList();
    if (still.size() < open.refs().size()) {
      HeldDeletion corrected = open.withRefs(still);
      plan = Optional.of(corrected);
      into.held(corrected);
    }
  }
}
