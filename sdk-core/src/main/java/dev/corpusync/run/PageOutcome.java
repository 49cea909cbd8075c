package dev.corpusync.run;

import dev.corpusync.document.Ref;
import dev.corpusync.store.Commit;
import dev.corpusync.store.EntityTag;
import dev.corpusync.store.ItemWrite;
import dev.corpusync.sync.Counts;
import dev.corpusync.sync.FailedItem;
import dev.corpusync.sync.Proof;
import java.util.List;
import java.util.Optional;

/**
 * What one page changes, complete and ready for its commit (P1).
 *
 * @param items new and changed ones
 * @param resolved failed items that are over
 * @param released what the page lists and a held deletion may hold: it is not missing
 * @param listed every id that could be read: what the source holds, whatever becomes of it here
 * @param proof the most that the listing can still prove: nothing once a record has no readable id
 */
record PageOutcome(
    List<ItemWrite> items,
    List<EntityTag> entityTags,
    List<Ref> changedReferences,
    List<Commit.Deletion> deletions,
    List<FailedItem> failures,
    List<Commit.Resolved> resolved,
    Optional<Commit.PlanIds> released,
    Counts counts,
    List<String> listed,
    Proof proof) {

  /** Adds all of it to a commit. */
  void addTo(Commit.Builder commit) {
    items.forEach(commit::item);
    entityTags.forEach(commit::entityTag);
    changedReferences.forEach(commit::referenceChanged);
    deletions.forEach(commit::delete);
    failures.forEach(commit::failed);
    resolved.forEach(item -> commit.resolved(item.scope(), item.id()));
    released.ifPresent(ids -> commit.released(ids.plan(), ids.ids()));
    commit.count(counts);
  }
}
