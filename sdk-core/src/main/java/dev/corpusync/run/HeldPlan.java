package dev.corpusync.run;

import dev.corpusync.document.Ref;
import dev.corpusync.sync.HeldDeletion;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The held deletion of a scope, if there is one, as the pages of a run correct it: what is listed
 * again is not missing any more. Pages correct it one after the other.
 */
final class HeldPlan {
  private Optional<HeldDeletion> plan;

  HeldPlan(Optional<HeldDeletion> plan) {
    this.plan = plan;
  }

  boolean isPresent() {
    return plan.isPresent();
  }

  /** Takes off what a page lists. Returns the plan if that changed it. */
  Optional<HeldDeletion> correct(List<String> listed) {
    if (plan.isEmpty()) {
      return Optional.empty();
    }
    HeldDeletion open = plan.get();
    Set<String> ids = new HashSet<>(listed);
    List<Ref> missing = open.refs().stream().filter(ref -> !ids.contains(ref.id())).toList();
    if (missing.size() == open.refs().size()) {
      return Optional.empty();
    }
    plan = Optional.of(open.withRefs(missing));
    return plan;
  }
}
