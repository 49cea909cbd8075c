package dev.corpusync.run;

import dev.corpusync.document.Ref;
import dev.corpusync.prune.Fingerprints;
import dev.corpusync.run.JudgedRecord.Visible;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The records of one page, sorted by what they are. Where a page holds an id twice, its last record
 * counts.
 *
 * @param visible by id, in the order of the page
 * @param hidden ids
 * @param undecided those ids of {@code failed} whose visibility could not be told
 * @param failed reasons by id
 * @param refused reasons of records under whose id nothing can be stored, by its fingerprint
 * @param unreadable reasons of records without a readable id, by a fingerprint
 * @param deleted what tombstones name
 * @param listed every id that could be read, or its fingerprint: what the source holds, whatever
 *     becomes of it here
 * @param repeated records of an id that the page held before; counted as unchanged
 */
record JudgedPage(
    Map<String, Visible> visible,
    Set<String> hidden,
    Set<String> undecided,
    Map<String, String> failed,
    Map<String, String> refused,
    Map<String, String> unreadable,
    List<Ref> deleted,
    List<String> listed,
    int repeated) {

  /** Sorts the records of one page, in the order of their records. */
  static final class Builder {
    private final Map<String, Visible> visible = new LinkedHashMap<>();
    private final Set<String> hidden = new LinkedHashSet<>();
    private final Set<String> undecided = new LinkedHashSet<>();
    private final Map<String, String> failed = new LinkedHashMap<>();
    private final Map<String, String> refused = new LinkedHashMap<>();
    private final Map<String, String> unreadable = new LinkedHashMap<>();
    private final Map<String, Ref> deleted = new LinkedHashMap<>();
    private final List<String> listed = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private int repeated;

    void add(Visible record) {
      list(record.ref());
      visible.put(record.ref().id(), record);
    }

    void add(JudgedRecord.Hidden record) {
      list(record.ref());
      hidden.add(record.ref().id());
    }

    void add(JudgedRecord.Undecided record) {
      list(record.ref());
      undecided.add(record.ref().id());
      failed.put(record.ref().id(), record.reason());
    }

    void add(JudgedRecord.Failed record) {
      list(record.ref());
      failed.put(record.ref().id(), record.reason());
    }

    /**
     * Listed by its fingerprint, so that it is known at the end whether the source still has it.
     */
    void add(JudgedRecord.Refused record) {
      listed.add(record.fingerprint());
      refused.put(record.fingerprint(), record.reason());
      record.older().forEach(this::deleted);
    }

    void add(JudgedRecord.Unreadable record) {
      unreadable.put("unreadable-" + record.payload().hash().substring(0, 16), record.reason());
    }

    /** Each counts, though many may have one reason: too many of them end the run. */
    void unreadable(String reason) {
      String fingerprint = "unreadable-" + Long.toHexString(Fingerprints.of(reason));
      boolean known = unreadable.containsKey(fingerprint);
      unreadable.put(known ? fingerprint + "-" + unreadable.size() : fingerprint, reason);
    }

    /** Asked for by id, and neither returned nor said to be deleted: it is kept as failed (P10). */
    void unanswered(Ref ref) {
      failed.putIfAbsent(ref.id(), "was asked for by id, and neither shown nor said to be gone");
    }

    /** Whether the page holds a record of it. */
    boolean holds(Ref ref) {
      return ids.contains(ref.id());
    }

    /** Asked for by id, without a usable answer; a record of it on the same page counts more. */
    void failed(String id, String reason) {
      if (!ids.contains(id)) {
        failed.put(id, reason);
      }
    }

    /** What the page said of it before is over. */
    void deleted(Ref ref) {
      if (ids.remove(ref.id())) {
        repeated++;
        forget(ref.id());
        listed.removeIf(ref.id()::equals);
      }
      deleted.put(ref.id(), ref);
    }

    private void list(Ref ref) {
      String id = ref.id();
      listed.add(id);
      deleted.remove(id);
      if (!ids.add(id)) {
        repeated++;
        forget(id);
      }
    }

    private void forget(String id) {
      visible.remove(id);
      hidden.remove(id);
      undecided.remove(id);
      failed.remove(id);
    }

    JudgedPage build() {
      return new JudgedPage(
          Collections.unmodifiableMap(visible),
          Collections.unmodifiableSet(hidden),
          Collections.unmodifiableSet(undecided),
          Collections.unmodifiableMap(failed),
          Collections.unmodifiableMap(refused),
          Collections.unmodifiableMap(unreadable),
          List.copyOf(deleted.values()),
          Collections.unmodifiableList(listed),
          repeated);
    }
  }
}
