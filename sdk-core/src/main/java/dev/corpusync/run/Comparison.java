package dev.corpusync.run;

import dev.corpusync.run.JudgedRecord.Visible;
import dev.corpusync.store.ItemState;
import dev.corpusync.store.OlderRevision;
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
    PARTS_ONLY,
    /** The same, of a record with parts that could not be read before: only those are read. */
    UNREAD_PARTS_ONLY,
    /** The record is an older revision than the stored one: only its access may count. */
    OLDER
  }

  /**
   * A record that may have to be stored.
   *
   * @param before what is stored of it; empty for a new one
   */
  record Candidate(Visible record, Optional<ItemState> before, Difference difference) {
    /** Whether the bytes of the record are not those that are stored. */
    boolean hasOtherBytes() {
      return before.filter(b -> b.hash().equals(record.payload().hash())).isEmpty();
    }
  }

  /**
   * The records that may have to be stored, in the order of the page.
   *
   * @param stored what the store knows of the page's ids
   */
  List<Candidate> candidates(JudgedPage page, Map<String, ItemState> stored, Reading reading) {
    List<Candidate> candidates = new ArrayList<>();
    for (Visible record : page.visible().values()) {
      Optional<ItemState> before = Optional.ofNullable(stored.get(record.ref().id()));
      difference(record, before, reading)
          .ifPresent(difference -> candidates.add(new Candidate(record, before, difference)));
    }
    return candidates;
  }

  private Optional<Difference> difference(
      Visible record, Optional<ItemState> before, Reading reading) {
    if (before.isEmpty()) {
      return Optional.of(Difference.RECORD);
    }
    if (record.revision().isOlderThan(before.get().revision())) {
      return older(record, before.get(), reading);
    }
    if (!isAsStored(record, before.get())) {
      return Optional.of(Difference.RECORD);
    }
    boolean mayDiffer =
        reading == Reading.FULL_PASS_OF_PARTS
            ? !scope.plan().parts().isEmpty()
            : reading.readsIndependentParts() && scope.plan().hasIndependentParts();
    if (mayDiffer && reading != Reading.UNREAD_PARTS) {
      return Optional.of(Difference.PARTS_ONLY);
    }
    boolean asksForUnread =
        reading == Reading.UNREAD_PARTS || (reading == Reading.BY_ID && hasUnreadParts(record));
    return asksForUnread ? Optional.of(Difference.UNREAD_PARTS_ONLY) : Optional.empty();
  }

  private boolean hasUnreadParts(Visible record) {
    return scope.plan().parts().stream()
        .anyMatch(listing -> scope.unread().contains(record.ref(), listing.part().name()));
  }

  /**
   * P8: an older revision narrows access at once. When another full pass says the same, the source
   * was restored and no replica lagged: it is stored.
   */
  private Optional<Difference> older(Visible record, ItemState before, Reading reading) {
    Optional<OlderRevision> seen =
        before.older().filter(older -> older.revision().equals(record.revision()));
    boolean inThisRound = seen.filter(o -> o.round().equals(scope.run().round())).isPresent();
    if (seen.isPresent() && !inThisRound && reading.isFullPass()) {
      return Optional.of(Difference.RECORD);
    }
    return Optional.of(Difference.OLDER);
  }

  /** What is stale is derived again from what is stored, not read again. */
  private boolean isAsStored(Visible record, ItemState before) {
    return before.hash().equals(record.payload().hash())
        && before.older().isEmpty()
        && before.parent().equals(scope.parentRef());
  }
}
