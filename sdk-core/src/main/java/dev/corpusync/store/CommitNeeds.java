package dev.corpusync.store;

import dev.corpusync.sync.Checkpoint;
import java.util.Set;
import java.util.TreeSet;

/** Which features a store must support to keep all of a commit. */
final class CommitNeeds {
  static final Set<Feature> ALL =
      Set.of(
          Feature.ENTITY_TAGS,
          Feature.RUN_WAITS,
          Feature.HELD_DELETIONS,
          Feature.FULL_PASS_OWED,
          Feature.ROUNDS,
          Feature.SCOPE_DEPENDENCIES,
          Feature.UNREAD_PARTS,
          Feature.OLDER_REVISIONS);

  private CommitNeeds() {}

  static Set<Feature> of(Commit commit) {
    Set<Feature> needs = new TreeSet<>();
    if (!commit.entityTags().isEmpty()) {
      needs.add(Feature.ENTITY_TAGS);
    }
    if (commit.record().isPresent() && commit.record().get().notBefore().isPresent()) {
      needs.add(Feature.RUN_WAITS);
    }
    if (commit.held().isPresent()
        || commit.heldIds().isPresent()
        || commit.released().isPresent()
        || commit.decided().isPresent()) {
      needs.add(Feature.HELD_DELETIONS);
    }
    if (commit.fullPassOwed().isPresent()
        || commit.checkpoint().flatMap(Checkpoint::fullPassOwed).isPresent()) {
      needs.add(Feature.FULL_PASS_OWED);
    }
    if (commit.record().filter(r -> !r.round().equals(r.id())).isPresent()
        || commit.checkpoint().filter(c -> !c.round().isEmpty()).isPresent()) {
      needs.add(Feature.ROUNDS);
    }
    if (!commit.scopeDependencies().isEmpty()) {
      needs.add(Feature.SCOPE_DEPENDENCIES);
    }
    if (!commit.unread().isEmpty() || !commit.read().isEmpty()) {
      needs.add(Feature.UNREAD_PARTS);
    }
    if (commit.items().stream().anyMatch(item -> item.older().isPresent())) {
      needs.add(Feature.OLDER_REVISIONS);
    }
    return needs;
  }
}
