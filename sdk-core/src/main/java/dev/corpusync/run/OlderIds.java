package dev.corpusync.run;

import dev.corpusync.document.NestedId;
import dev.corpusync.store.Commit;
import dev.corpusync.store.Journal;
import dev.corpusync.sync.Checkpoint;
import dev.corpusync.sync.FailedItem;
import dev.corpusync.sync.FullPassReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Removes what an earlier version stored in one container under ids that were joined without
 * escaping, so that two records could share one. Told as deletions; the full pass that the scope
 * owes then reports the records as new. Only where ids are unique under their parent, and only
 * where the container's own id holds {@code /} or {@code %}: two reads of the store, no request.
 */
final class OlderIds {
  private static final int BATCH = 500;
  private static final int MOST_FAILURES = 1_000;
  private final ScopeContext scope;
  private final String prefix;

  private OlderIds(ScopeContext scope, String prefix) {
    this.scope = scope;
    this.prefix = prefix;
  }

  /** Removes them before anything of the scope is read. */
  static void remove(ScopeContext scope) {
    scope
        .nestedPrefix()
        .filter(prefix -> !prefix.equals(scope.parentRef().orElseThrow().id() + NestedId.SEPARATOR))
        .ifPresent(prefix -> new OlderIds(scope, prefix).remove());
  }

  private void remove() {
    List<String> failed = failed();
    List<String> stored = stored();
    if (failed.isEmpty() && stored.isEmpty()) {
      return;
    }
    // Owed first: after a crash in between, the rest is still found and the pass still owed.
    Commit.Builder first = begin();
    failed.forEach(id -> first.resolved(scope.scope(), id));
    journal().held(scope.run().key(), scope.scope()).ifPresent(plan -> first.decided(plan.plan()));
    scope
        .run()
        .commit(
            first
                .checkpoint(Checkpoint.none(scope.scope()).owingFullPass(FullPassReason.IDS))
                .clearSeen(scope.scope()));
    while (!stored.isEmpty()) {
      Commit.Builder work = begin();
      stored.forEach(id -> work.delete(scope.plan().kind().ref(id), scope.scope()));
      scope.run().commit(work);
      stored = stored();
    }
  }

  private List<String> failed() {
    return journal().failures(scope.run().key(), scope.scope(), MOST_FAILURES).stream()
        .filter(FailedItem::isIdentified)
        .map(FailedItem::id)
        .filter(id -> !id.startsWith(prefix))
        .toList();
  }

  /** The ids of today lie beside each other: older ones are before the first, or after the last. */
  private List<String> stored() {
    List<String> older =
        new ArrayList<>(
            ids(Optional.empty()).stream().takeWhile(id -> !id.startsWith(prefix)).toList());
    char afterSeparator = NestedId.SEPARATOR + 1;
    older.addAll(
        ids(Optional.of(prefix.substring(0, prefix.length() - 1) + afterSeparator)).stream()
            .filter(id -> !older.contains(id))
            .toList());
    return older;
  }

  private List<String> ids(Optional<String> after) {
    return scope.run().store().corpus().idsAfter(scope.run().key(), scope.scope(), after, BATCH);
  }

  private Journal journal() {
    return scope.run().store().journal();
  }

  private Commit.Builder begin() {
    return scope.run().begin();
  }
}
