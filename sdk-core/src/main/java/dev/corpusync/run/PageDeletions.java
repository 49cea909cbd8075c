package dev.corpusync.run;

import dev.corpusync.document.Ref;
import dev.corpusync.store.Commit.Deletion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a page deletes, and what it tells the fate of: items deleted or hidden at the source, or
 * whose visibility cannot be told any more (P6).
 *
 * @param deletions in the order of the page
 * @param settled ids that were read or are deleted: what failed before of them is over
 */
record PageDeletions(List<Deletion> deletions, Set<String> settled) {
  /**
   * @param visible ids of records that were read to the end
   * @param stored ids of the page's records that are stored
   */
  static PageDeletions of(
      ScopeContext scope,
      Received received,
      JudgedPage page,
      Set<String> visible,
      Set<String> stored) {
    List<Deletion> deletions = new ArrayList<>();
    Set<String> settled = new LinkedHashSet<>();
    for (Ref ref : deletedAtSource(scope, received, page)) {
      // It may have moved to another scope, which can have stored it already.
      deletions.add(new Deletion(ref, Optional.of(scope.scope())));
      settled.add(ref.id());
    }
    page.undecided().stream().filter(stored::contains).forEach(id -> deletions.add(all(scope, id)));
    page.hidden().stream().filter(stored::contains).forEach(id -> deletions.add(all(scope, id)));
    settled.addAll(page.hidden());
    settled.addAll(visible);
    return new PageDeletions(deletions, settled);
  }

  /** Tombstones, ids that are deleted, and ids that were asked for and have no record. */
  private static List<Ref> deletedAtSource(ScopeContext scope, Received received, JudgedPage page) {
    List<Ref> refs = new ArrayList<>(page.deleted());
    Set<String> listed = new HashSet<>(page.listed());
    scope.find(received.deleted()).stream()
        .filter(ref -> !listed.contains(ref.id()))
        .forEach(refs::add);
    return refs;
  }

  private static Deletion all(ScopeContext scope, String id) {
    return new Deletion(scope.plan().kind().ref(id), Optional.empty());
  }
}
