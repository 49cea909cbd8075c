package dev.corpusync.run;

import dev.corpusync.artifact.Dependency;
import dev.corpusync.connector.DocumentStream;
import dev.corpusync.document.Ref;
import dev.corpusync.extract.PartListing;
import dev.corpusync.run.PartReader.Complete;
import dev.corpusync.store.ItemState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells what of a changed item the answers about other items may be made of (P9). */
final class ItemChanges {
  private final ScopeContext scope;

  ItemChanges(ScopeContext scope) {
    this.scope = scope;
  }

  /** The record, and each part, that differs from what is stored. */
  List<Dependency> of(Complete complete) {
    StreamPlan plan = scope.plan();
    // Documents are looked up by few connectors, and there are many of them.
    if (plan.stream() instanceof DocumentStream && !scope.run().isLookedUp(plan.kind())) {
      return List.of();
    }
    Ref ref = complete.candidate().record().ref();
    Optional<ItemState> before = complete.candidate().before();
    List<Dependency> changed = new ArrayList<>();
    if (complete.candidate().hasOtherBytes()
        || before.filter(b -> b.parent().equals(scope.parentRef())).isEmpty()) {
      changed.add(Dependency.record(ref));
    }
    for (PartListing listing : plan.parts()) {
      if (!complete.parts().same(complete.before(), listing.part())) {
        changed.add(Dependency.part(ref, listing.part().name()));
      }
    }
    return changed;
  }
}
