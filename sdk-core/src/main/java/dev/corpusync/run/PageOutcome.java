package dev.corpusync.run;

import dev.corpusync.artifact.Dependency;
import dev.corpusync.store.Commit;
import dev.corpusync.store.EntityTag;
import dev.corpusync.store.ItemWrite;
import dev.corpusync.store.PartRead;
import dev.corpusync.store.ScopeDependency;
import dev.corpusync.sync.Counts;
import dev.corpusync.sync.FailedItem;
import dev.corpusync.sync.Proof;
import dev.corpusync.sync.UnreadPart;
import java.util.List;
import java.util.Optional;

/**
 * What one page changes, complete and ready for its commit (P1).
 *
 * @param items new and changed ones
 * @param changed what other items may be made of
 * @param resolved failed items that are over
 * @param released what the page lists and a held deletion may hold: it is not missing
 * @param unread parts that could not be read
 * @param read parts that are unread no longer
 * @param scopeDependencies what the answers about the items are made of
 * @param listed every id that could be read: what the source holds, whatever becomes of it here
 * @param proof the most that the listing can still prove: nothing once a record has no readable id
 */
record PageOutcome(
    List<ItemWrite> items,
    List<EntityTag> entityTags,
    List<Dependency> changed,
    List<Commit.Deletion> deletions,
    List<FailedItem> failures,
    List<Commit.Resolved> resolved,
    Optional<Commit.PlanIds> released,
    List<UnreadPart> unread,
    List<PartRead> read,
    List<ScopeDependency> scopeDependencies,
    Counts counts,
    List<String> listed,
    Proof proof) {

  /**
   * The ids of what the source said is deleted here; what is deleted for being hidden is not among
   * them.
   */
  List<String> told() {
    return deletions.stream().filter(d -> d.missedBy().isPresent()).map(d -> d.ref().id()).toList();
  }

  /** The same without the deletions that the source told. */
  PageOutcome withoutTold() {
    return new PageOutcome(
        items,
        entityTags,
        changed,
        deletions.stream().filter(d -> d.missedBy().isEmpty()).toList(),
        failures,
        resolved,
        released,
        unread,
        read,
        scopeDependencies,
        counts,
        listed,
        proof);
  }

  /** Adds all of it to a commit. */
  void addTo(Commit.Builder commit) {
    items.forEach(commit::item);
    entityTags.forEach(commit::entityTag);
    changed.forEach(commit::changed);
    unread.forEach(commit::unread);
    read.forEach(commit::read);
    scopeDependencies.forEach(commit::scopeDependency);
    deletions.forEach(commit::delete);
    failures.forEach(commit::failed);
    resolved.forEach(item -> commit.resolved(item.scope(), item.id()));
    released.ifPresent(ids -> commit.released(ids.plan(), ids.ids()));
    commit.count(counts);
  }
}
