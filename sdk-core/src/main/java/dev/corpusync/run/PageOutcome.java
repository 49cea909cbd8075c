package dev.corpusync.run;

import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.PartUnavailable;
import dev.corpusync.artifact.Payload;
import dev.corpusync.artifact.Revision;
import dev.corpusync.artifact.Visibility;
import dev.corpusync.connector.Guarded;
import dev.corpusync.document.Ref;
import dev.corpusync.extract.Page;
import dev.corpusync.prune.Fingerprints;
import dev.corpusync.run.AuthorCalls.ItemFailed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Sorts the records of a page before anything of them is kept: visible, hidden, failed (P6, P10).
 */
final class PageOutcome {
  private static final String TOO_EARLY =
      ": parts are read only of what is visible and changed, so this must be told from the record";
  private final ScopeContext scope;
  private final Map<String, Visible> visible = new LinkedHashMap<>();
  private final Set<String> hidden = new LinkedHashSet<>();
  private final Map<String, String> failed = new LinkedHashMap<>();
  private final Map<String, String> unreadable = new LinkedHashMap<>();
  private final Set<String> unjudged = new LinkedHashSet<>();
  private final List<String> listed = new ArrayList<>();
  private int repeated;

  /** A record that may be stored. */
  record Visible(Ref ref, Item item, Payload payload, Revision revision, Visibility visibility) {}

  PageOutcome(ScopeContext scope) {
    this.scope = scope;
  }

  void pass(Payload record) {
    Item item = scope.item(record.json());
    Ref ref;
    try {
      ref = ref(item);
    } catch (ItemFailed e) {
      unreadable.put("unreadable-" + record.hash().substring(0, 16), e.reason());
      return;
    }
    if (visible.containsKey(ref.id())
        || hidden.contains(ref.id())
        || failed.containsKey(ref.id())) {
      repeated++;
      visible.remove(ref.id());
      hidden.remove(ref.id());
      failed.remove(ref.id());
      unjudged.remove(ref.id());
    }
    listed.add(ref.id());
    judge(ref, item, record);
  }

  /**
   * A record that may be there or not: what would be stored is kept as failed instead (P10).
   * Hidden, it goes in either case (P6).
   */
  void doubt(Page.Malformed doubtful) {
    pass(doubtful.record());
    visible.values().stream()
        .filter(judged -> judged.payload() == doubtful.record())
        .map(Visible::ref)
        .findFirst()
        .ifPresent(ref -> fail(ref, doubtful.reason()));
  }

  private void judge(Ref ref, Item item, Payload record) {
    Visibility visibility;
    try {
      visibility = visibility(item);
    } catch (ItemFailed e) {
      unjudged.add(ref.id());
      failed.put(ref.id(), e.reason());
      return;
    } catch (PartUnavailable e) {
      unjudged.add(ref.id());
      failed.put(ref.id(), "visibility: " + e.getMessage() + TOO_EARLY);
      return;
    }
    if (!visibility.isVisible()) {
      hidden.add(ref.id());
      return;
    }
    try {
      Revision revision = AuthorCalls.ask("revision", () -> scope.plan().stream().revision(item));
      visible.put(ref.id(), new Visible(ref, item, record, revision, visibility));
    } catch (ItemFailed e) {
      failed.put(ref.id(), e.reason());
    } catch (PartUnavailable e) {
      failed.put(ref.id(), "revision: " + e.getMessage() + TOO_EARLY);
    }
  }

  private Visibility visibility(Item item) throws ItemFailed {
    return scope.plan().stream() instanceof Guarded guarded
        ? AuthorCalls.ask("visibility", () -> guarded.visibility(item))
        : Visibility.declared("a reference is only looked up");
  }

  /** The identity of a record, or of a tombstone. */
  Ref ref(Item item) throws ItemFailed {
    return scope
        .plan()
        .ref(AuthorCalls.ask("id", () -> scope.plan().stream().id(item)), scope.parentRef());
  }

  /** Something that passed, but whose later questions failed. */
  void fail(Ref ref, String reason) {
    visible.remove(ref.id());
    failed.put(ref.id(), reason);
  }

  /** Asked for by id, and neither shown nor said to be gone: it must not be forgotten (P10). */
  void unanswered(String id) {
    if (!listed.contains(id)) {
      failed.putIfAbsent(id, "was asked for by id, and neither shown nor said to be gone");
    }
  }

  /** Each counts, though many may have one reason: too many of them end the run. */
  void unreadable(String reason) {
    String fingerprint = "unreadable-" + Long.toHexString(Fingerprints.of(reason));
    boolean known = unreadable.containsKey(fingerprint);
    unreadable.put(known ? fingerprint + "-" + unreadable.size() : fingerprint, reason);
  }

  /** By id, the last of each id, in the order of the page. */
  Map<String, Visible> visible() {
    return visible;
  }

  Set<String> hidden() {
    return hidden;
  }

  /**
   * Those of {@link #failed()} whose visibility could not be told: what is stored of them goes
   * (P6).
   */
  Set<String> unjudged() {
    return unjudged;
  }

  /** Reasons by id. */
  Map<String, String> failed() {
    return failed;
  }

  /** Reasons by fingerprint. */
  Map<String, String> unreadable() {
    return unreadable;
  }

  /** Every id that could be read: what is at the source, whatever became of it here. */
  List<String> listed() {
    return listed;
  }

  /** Records of an id that the page held before; counted as unchanged. */
  int repeated() {
    return repeated;
  }
}
