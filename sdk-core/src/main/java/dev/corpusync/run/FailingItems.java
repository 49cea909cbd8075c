package dev.corpusync.run;

import dev.corpusync.sync.FailedItem;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The failed items of one scope, as a run finds and adds them. Safe for two threads. */
final class FailingItems {
  /** So many are read of a scope; the error budget lets few scopes have more. */
  private static final int MOST = 1_000;

  private final Map<String, FailedItem> recorded;
  private final Set<String> added = ConcurrentHashMap.newKeySet();

  private FailingItems(Map<String, FailedItem> recorded) {
    this.recorded = recorded;
  }

  /** Those that the store holds now. */
  static FailingItems of(ScopeContext scope) {
    Map<String, FailedItem> recorded = new LinkedHashMap<>();
    RunContext run = scope.run();
    run.store()
        .journal()
        .failures(run.key(), scope.scope(), MOST)
        .forEach(item -> recorded.put(item.id(), item));
    return new FailingItems(recorded);
  }

  /** Notes an item that failed in this run, and returns how many attempts that adds. */
  int add(String id) {
    return added.add(id) ? 1 : 0;
  }

  /**
   * Whether an id may be recorded as failed. Of a scope with more failed items than are read, every
   * id may: that one of them is over is then said without need, which changes nothing.
   */
  boolean mayHold(String id) {
    return recorded.containsKey(id) || added.contains(id) || recorded.size() >= MOST;
  }

  boolean isEmpty() {
    return recorded.isEmpty();
  }

  /**
   * The records without a readable id that a pass, which was begun in this run, did not meet again.
   * The watermark has waited for them, so the pass has read all that they can have been part of.
   */
  Set<String> over() {
    return recorded.values().stream()
        .filter(item -> !item.isIdentified() && !added.contains(item.id()))
        .map(FailedItem::id)
        .collect(Collectors.toSet());
  }

  /**
   * The ids to try again, the one that was tried longest ago first.
   *
   * @param now those that failed again in {@code now} were tried in this run already
   */
  List<String> due(FailingItems now, Instant time) {
    return now.recorded.values().stream()
        .filter(FailedItem::isIdentified)
        .filter(item -> item.equals(recorded.get(item.id())))
        .filter(item -> item.isDue(time))
        .sorted(Comparator.comparing(FailedItem::last))
        .map(FailedItem::id)
        .toList();
  }
}
