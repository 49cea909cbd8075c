package dev.corpusync.run;

import dev.corpusync.store.Commit;
import dev.corpusync.sync.HeldDeletion;
import java.util.List;
import java.util.Optional;

/**
 * The held deletion of a scope, if there is one, as the pages of a run correct it: what is listed
 * again is not missing any more.
 */
record HeldPlan(Optional<HeldDeletion> plan) {
  boolean isPresent() {
    return plan.isPresent();
  }

  /** What a page takes off the plan. */
  Optional<Commit.PlanIds> correct(List<String> listed) {
    return plan.filter(p -> !listed.isEmpty()).map(p -> new Commit.PlanIds(p.plan(), listed));
  }
}
