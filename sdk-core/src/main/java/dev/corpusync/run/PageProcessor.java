package dev.corpusync.run;

import dev.corpusync.artifact.Artifact;
import dev.corpusync.artifact.Payload;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.connector.Nested;
import dev.corpusync.document.Ref;
import dev.corpusync.error.ConnectorDefectException;
import dev.corpusync.extract.OutageDetector;
import dev.corpusync.extract.Page;
import dev.corpusync.store.Commit;
import dev.corpusync.store.EntityTag;
import dev.corpusync.store.ItemState;
import dev.corpusync.store.Store;
import dev.corpusync.sync.Counts;
import dev.corpusync.sync.FailedItem;
import dev.corpusync.sync.HeldDeletion;
import dev.corpusync.sync.Proof;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Turns what the source returned into what is committed: judge, compare with what is stored, read
 * parts, build items, find deletions. Reads the store and the source, writes nothing.
 */
final class PageProcessor {
  private final ScopeContext scope;
  private final RecordJudge judge;
  private final ItemBuilder builder;
  private final FailingItems failing;
  private final HeldPlan plan;

  /**
   * @param failing items of this scope that are recorded as failed
   * @param plan the held deletion of this scope
   */
  PageProcessor(
      ScopeContext scope, Deriver deriver, FailingItems failing, Optional<HeldDeletion> plan) {
    this.scope = scope;
    this.failing = failing;
    this.plan = new HeldPlan(plan);
    judge = new RecordJudge(scope);
    builder = new ItemBuilder(scope, deriver);
  }

  /** Judges records. Needs no store, so it can be done while the page before is committed. */
  List<JudgedRecord> judge(List<Payload> records) {
    return judge.judge(records);
  }

  /** Whether pages correct a held deletion, so that they must be processed one after the other. */
  boolean correctsPlan() {
    return plan.isPresent();
  }

  /** Reads the parts of stored records that could not be read before. */
  PageOutcome unread(List<Payload> stored) {
    List<JudgedRecord> judged = judge(stored);
    return process(Received.stored(stored), judged, Reading.UNREAD_PARTS, OutageDetector.never());
  }

  /** Processes what was returned for ids. */
  PageOutcome process(Received received) {
    List<JudgedRecord> judged = judge(received.records());
    return process(received, judged, Reading.BY_ID, OutageDetector.never());
  }

  /**
   * @param judged the records
   * @param reading why they are read
   */
  PageOutcome process(Received received, List<JudgedRecord> judged, Reading reading) {
    return process(received, judged, reading, OutageDetector.begin());
  }

  private PageOutcome process(
      Received received, List<JudgedRecord> judged, Reading reading, OutageDetector detector) {
    JudgedPage page = judge.page(received, judged, unmodified(received));
    Map<String, ItemState> stored = stored(page);
    refuseTwoParents(page, stored);
    PartReader.Result parts =
        new PartReader(scope, detector)
            .read(new Comparison(scope).candidates(page, stored, reading));
    ItemBuilder.Result items = builder.build(parts.changed(), received.tagged(), reading);
    return outcome(received, page, stored.keySet(), parts, items);
  }

  private Map<String, ItemState> stored(JudgedPage page) {
    return scope
        .run()
        .store()
        .corpus()
        .states(scope.run().key(), scope.plan().kind(), page.listed());
  }

  private PageOutcome outcome(
      Received received,
      JudgedPage page,
      Set<String> stored,
      PartReader.Result parts,
      ItemBuilder.Result items) {
    Map<String, String> failed = new LinkedHashMap<>(page.failed());
    failed.putAll(parts.failed());
    failed.putAll(items.failed());
    Set<String> visible = new LinkedHashSet<>(page.visible().keySet());
    visible.removeAll(failed.keySet());
    if (!page.hidden().isEmpty() || !page.undecided().isEmpty()) {
      scope.answers().noteHidden();
    }
    PageDeletions deletions = PageDeletions.of(scope, received, page, visible, stored);
    return new PageOutcome(
        items.items(),
        items.entityTags(),
        items.changed(),
        deletions.deletions(),
        failures(failed, page),
        deletions.settled().stream()
            .filter(failing::mayHold)
            .map(id -> new Commit.Resolved(scope.scope(), id))
            .toList(),
        plan.correct(page.listed()),
        parts.unread(),
        parts.read(),
        items.items().isEmpty() ? List.of() : scope.answers().unrecorded(),
        counts(page, visible.size(), failed.size(), items.items().size(), parts.requests()),
        page.listed(),
        page.unreadable().isEmpty() ? Proof.SAID : Proof.NONE);
  }

  private static Counts counts(
      JudgedPage page, int visible, int failedWithId, int stored, long requests) {
    int failed = failedWithId + page.refused().size() + page.unreadable().size();
    int unchanged = visible - stored + page.repeated();
    int hidden = page.hidden().size();
    return Counts.builder()
        .seen(stored + unchanged + hidden + failed)
        .stored(stored)
        .unchanged(unchanged)
        .hidden(hidden)
        .failed(failed)
        .requests(requests)
        .build();
  }

  private List<FailedItem> failures(Map<String, String> failed, JudgedPage page) {
    Instant now = scope.run().now();
    List<FailedItem> all = new ArrayList<>();
    failed.forEach((id, why) -> all.add(FailedItem.identified(scope.scope(), id, why, now)));
    page.refused().forEach((id, why) -> all.add(FailedItem.refused(scope.scope(), id, why, now)));
    page.unreadable()
        .forEach((id, why) -> all.add(FailedItem.unidentified(scope.scope(), id, why, now)));
    // Several pages of one run may hold the same item: that is one attempt.
    all.replaceAll(item -> item.toBuilder().attempts(failing.add(item.id())).build());
    return all;
  }

  /** The stored records of calls that the API answered with "not modified". */
  private List<Payload> unmodified(Received received) {
    if (received.unmodified().isEmpty()) {
      return List.of();
    }
    Store store = scope.run().store();
    ConnectionKey key = scope.run().key();
    List<String> calls = received.unmodified().stream().map(Page.Unchanged::call).toList();
    Map<String, EntityTag> tags = store.checkpoints().entityTags(key, calls);
    List<Ref> owners =
        calls.stream()
            .flatMap(call -> Optional.ofNullable(tags.get(call)).stream())
            .map(EntityTag::owner)
            .toList();
    if (owners.isEmpty()) {
      return List.of();
    }
    Map<Ref, Artifact> stored = store.corpus().artifacts(key, owners);
    return owners.stream()
        .flatMap(owner -> Optional.ofNullable(stored.get(owner)).stream())
        .map(Artifact::payload)
        .toList();
  }

  /** One id under two parents within a run: the author said that ids are unique everywhere. */
  private void refuseTwoParents(JudgedPage page, Map<String, ItemState> stored) {
    if (scope.plan().nested().filter(n -> n.ids() == Nested.Ids.EVERYWHERE).isEmpty()) {
      return;
    }
    for (String id : page.visible().keySet()) {
      ItemState before = stored.get(id);
      if (before != null
          && !before.parent().equals(scope.parentRef())
          && scope.run().movedTwice(scope.plan().kind() + ":" + id, scope.scope().partitionKey())) {
        throw new ConnectorDefectException(
            "a "
                + scope.plan().kind()
                + " is listed under two parents: its ids are not unique everywhere, declare"
                + " Ids.UNDER_PARENT");
      }
    }
  }
}
