package dev.corpusync.run;

import dev.corpusync.run.JudgedRecord.Visible;
import dev.corpusync.store.ItemState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells which visible records of a page differ from what is stored, by revision, then content hash
 * (P8).
 */
final class Comparison {
  private final ScopeContext scope;

  Comparison(ScopeContext scope) {
    this.scope = scope;
  }

  /** What of an item may have changed. */
  enum Difference {
    RECORD,
    /** The record is as stored; its parts show only once they are read. */
    PARTS_ONLY
  }

  /**
   * A record that may have to be stored.
   *
   * @param before what is stored of it; empty for a new one
   */
  record Candidate(Visible record, Optional<ItemState> before, Difference difference) {}

  /**
   * The records that may have to be stored, in the order of the page.
   *
   * @param stored what the store knows of the page's ids
   */
  List<Candidate> candidates(JudgedPage page, Map<String, ItemState> stored, PartReads reads) {
    boolean partsMayDiffer =
        reads == PartReads.OF_ALL_RECORDS && scope.plan().hasIndependentParts();
    List<Candidate> candidates = new ArrayList<>();
    for (Visible record : page.visible().values()) {
      Optional<ItemState> before = Optional.ofNullable(stored.get(record.ref().id()));
      if (before.filter(b -> record.revision().isOlderThan(b.revision())).isPresent()) {
        continue;
      }
      if (before.filter(b -> isAsStored(record, b)).isEmpty()) {
        candidates.add(new Candidate(record, before, Difference.RECORD));
      } else if (partsMayDiffer) {
        candidates.add(new Candidate(record, before, Difference.PARTS_ONLY));
      }
    }
    return candidates;
  }

  private boolean isAsStored(Visible record, ItemState before) {
    return before.hash().equals(record.payload().hash())
        && !before.stale()
        && scope.plan().derived(before)
        && before.parent().equals(scope.parentRef());
  }
}
