package dev.corpusync.run;

import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.PartUnavailable;
import dev.corpusync.artifact.Parts;
import dev.corpusync.artifact.Payload;
import dev.corpusync.artifact.Revision;
import dev.corpusync.artifact.Visibility;
import dev.corpusync.connector.Guarded;
import dev.corpusync.document.Identifier;
import dev.corpusync.document.Ref;
import dev.corpusync.error.InvalidIdentifierException;
import dev.corpusync.extract.Page;
import dev.corpusync.run.AuthorCalls.ItemFailed;
import dev.corpusync.store.Answer;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides what each record is before anything of it is kept: visible, hidden, undecided, failed
 * (P6, P10). Needs nothing of the store, so it can run while the page before is committed.
 */
final class RecordJudge {
  private static final String TOO_EARLY =
      ": parts are read only of what is visible and changed, so this must be told from the record";
  private final ScopeContext scope;

  RecordJudge(ScopeContext scope) {
    this.scope = scope;
  }

  /** Judges records in their order, and hashes them. */
  List<JudgedRecord> judge(List<Payload> records) {
    List<JudgedRecord> judged = new ArrayList<>(records.size());
    for (Payload record : records) {
      judged.add(judge(record));
      record.hash();
    }
    return judged;
  }

  /**
   * The whole page.
   *
   * @param judged its records
   * @param unmodified the stored records of what has not changed: a part of one may have changed
   *     all the same
   */
  JudgedPage page(Received received, List<JudgedRecord> judged, List<Payload> unmodified) {
    JudgedPage.Builder page = new JudgedPage.Builder();
    addInOrder(page, received, judged);
    judge(unmodified).forEach(record -> record.addTo(page));
    received.unreadable().forEach(page::unreadable);
    received
        .failed()
        .forEach(
            (id, why) ->
                scope.find(List.of(id)).stream()
                    .map(Ref::id)
                    .filter(Identifier::isId)
                    .forEach(ref -> page.failed(ref, why)));
    List<JudgedRecord> nameless = judged.stream().filter(r -> r.id().isEmpty()).toList();
    boolean unanswered = addUnanswered(page, received, nameless);
    if (!received.fetchedByIds() || !unanswered) {
      nameless.forEach(record -> record.addTo(page));
    }
    return page.build();
  }

  /**
   * Adds what has an id, in the order of the page where it has one: its last entry counts. Without
   * an order a record stands against a tombstone, as the item may have been made again.
   */
  private void addInOrder(JudgedPage.Builder page, Received received, List<JudgedRecord> judged) {
    Map<Payload, Runnable> steps = new IdentityHashMap<>();
    List<Payload> usual = new ArrayList<>();
    for (Payload tombstone : received.tombstones()) {
      usual.add(tombstone);
      steps.put(tombstone, () -> addTombstone(page, tombstone));
    }
    for (int i = 0; i < judged.size(); i++) {
      JudgedRecord record = judged.get(i);
      usual.add(received.records().get(i));
      steps.put(
          received.records().get(i), record.id().isPresent() ? () -> record.addTo(page) : () -> {});
    }
    for (Page.Malformed doubtful : received.malformed()) {
      usual.add(doubtful.record());
      steps.put(doubtful.record(), () -> judge(doubtful).addTo(page));
    }
    List<Payload> order = received.order().isEmpty() ? usual : received.order();
    order.forEach(entry -> Optional.ofNullable(steps.get(entry)).ifPresent(Runnable::run));
  }

  private void addTombstone(JudgedPage.Builder page, Payload tombstone) {
    try {
      String id = id(tombstone, item(tombstone));
      scope.find(List.of(id)).forEach(page::deleted);
    } catch (ItemFailed e) {
      page.unreadable(e.reason());
    }
  }

  /**
   * Adds the ids that were asked for and have no record: deleted where that is proof, else failed
   * (P7). A record without a readable id may be any of them. Returns whether there are failed ones,
   * which then stand for such records too.
   */
  private boolean addUnanswered(
      JudgedPage.Builder page, Received received, List<JudgedRecord> nameless) {
    List<Ref> missing =
        received.requested().stream()
            .filter(id -> !received.deleted().contains(id))
            .map(scope::ref)
            .filter(ref -> !page.holds(ref))
            .toList();
    List<Ref> unanswered =
        received.unknown().stream().map(scope::ref).filter(ref -> !page.holds(ref)).toList();
    if (nameless.isEmpty()) {
      missing.forEach(page::deleted);
    } else {
      missing.forEach(page::unanswered);
    }
    unanswered.forEach(page::unanswered);
    return !unanswered.isEmpty() || !nameless.isEmpty() && !missing.isEmpty();
  }

  /**
   * A record that may be deleted or not: what would be stored is kept as failed instead (P10).
   * Hidden, it is deleted in either case (P6).
   */
  private JudgedRecord judge(Page.Malformed doubtful) {
    JudgedRecord judged = judge(doubtful.record());
    return judged instanceof JudgedRecord.Visible visible
        ? new JudgedRecord.Failed(visible.ref(), doubtful.reason())
        : judged;
  }

  private JudgedRecord judge(Payload record) {
    Item item;
    String id;
    try {
      item = item(record);
      id = id(record, item);
    } catch (ItemFailed e) {
      return new JudgedRecord.Unreadable(record, e.reason());
    } catch (PartUnavailable e) {
      return new JudgedRecord.Unreadable(record, "id: " + e.getMessage() + TOO_EARLY);
    }
    Ref ref;
    try {
      ref = scope.ref(id);
    } catch (InvalidIdentifierException e) {
      return new JudgedRecord.Refused(
          Identifier.fingerprint(id), scope.find(List.of(id)), "id: " + e.getMessage());
    }
    Visibility visibility;
    try {
      visibility = visibility(record);
    } catch (ItemFailed e) {
      return new JudgedRecord.Undecided(ref, e.reason());
    } catch (PartUnavailable e) {
      return new JudgedRecord.Undecided(ref, "visibility: " + e.getMessage() + TOO_EARLY);
    }
    if (!visibility.isVisible()) {
      // What decides may be what cannot be read.
      return record
          .flaw()
          .<JudgedRecord>map(flaw -> new JudgedRecord.Undecided(ref, "the record " + flaw))
          .orElseGet(() -> new JudgedRecord.Hidden(ref));
    }
    if (record.flaw().isPresent()) {
      return new JudgedRecord.Failed(ref, "the record " + record.flaw().get());
    }
    try {
      Revision revision = AuthorCalls.ask("revision", () -> scope.plan().stream().revision(item));
      return new JudgedRecord.Visible(ref, item, record, revision, visibility);
    } catch (ItemFailed e) {
      return new JudgedRecord.Failed(ref, e.reason());
    } catch (PartUnavailable e) {
      return new JudgedRecord.Failed(ref, "revision: " + e.getMessage() + TOO_EARLY);
    }
  }

  private Item item(Payload record) throws ItemFailed {
    return scope.item(AuthorCalls.ask("record", record::json));
  }

  /** A flaw within the id would make one id of many. */
  private String id(Payload record, Item item) throws ItemFailed {
    String id = AuthorCalls.ask("id", () -> scope.plan().stream().id(item));
    if (record.flaw().isPresent() && id.indexOf(Payload.REPLACED) >= 0) {
      throw new ItemFailed("id: the record " + record.flaw().get());
    }
    if (id.isBlank()) {
      throw new ItemFailed("id is blank");
    }
    return id;
  }

  private Visibility visibility(Payload record) throws ItemFailed {
    Item item = scope.answers().item(Answer.VISIBILITY, record.json(), Parts.none());
    return scope.plan().stream() instanceof Guarded guarded
        ? AuthorCalls.ask("visibility", () -> guarded.visibility(item))
        : Visibility.declared("a reference is only looked up");
  }
}
