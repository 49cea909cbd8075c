package dev.corpusync.run;

import dev.corpusync.artifact.Artifact;
import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.PartUnavailable;
import dev.corpusync.artifact.Parts;
import dev.corpusync.artifact.Payload;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.connector.Guarded;
import dev.corpusync.connector.Nested;
import dev.corpusync.connector.ReferenceStream;
import dev.corpusync.document.Access;
import dev.corpusync.document.Ref;
import dev.corpusync.error.ConnectorDefectException;
import dev.corpusync.extract.ByIds;
import dev.corpusync.extract.Page;
import dev.corpusync.extract.PartListing.Touches;
import dev.corpusync.run.AuthorCalls.ItemFailed;
import dev.corpusync.store.Commit;
import dev.corpusync.store.EntityTag;
import dev.corpusync.store.ItemState;
import dev.corpusync.store.ItemWrite;
import dev.corpusync.store.Store;
import dev.corpusync.store.StoredDocument;
import dev.corpusync.sync.Counts;
import dev.corpusync.sync.FailedItem;
import dev.corpusync.sync.HeldDeletion;
import dev.corpusync.sync.Proof;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * FairOrder records into the content of one commit: gate, compare, parts, access, document; what is
 * to go is told by {@link PageDeletions}. Reads the store, writes nothing.
 */
final class PageProcessor {
  private final ScopeContext scope;
  private final Deriver deriver;
  private final PageDeletions departures;

  /**
   * @param failing ids of this scope that are recorded as failed
   * @param plan the deletion of this scope that waits for a person
   */
  PageProcessor(
      ScopeContext scope, Deriver deriver, Set<String> failing, Optional<HeldDeletion> plan) {
    this.scope = scope;
    this.deriver = deriver;
    departures = new PageDeletions(scope, failing, plan);
  }

  /**
   * What a page came to.
   *
   * @param listed ids at the source, whatever became of them here
   * @param spoiled whether something had no readable id, so that an absence proves nothing
   */
  record Result(List<String> listed, boolean spoiled, long failed, long requests) {}

  /**
   * What needs nothing of the store, so that it can be done while the page before is being
   * committed: judges the records and hashes them.
   */
  PageOutcome sort(Page<?> page) {
    PageOutcome gate = new PageOutcome(scope);
    page.records().forEach(gate::pass);
    page.records().forEach(Payload::hash);
    return gate;
  }

  /**
   * @param gate with the page's records
   * @param rereadParts whether unchanged owners' parts are read again, for parts that touch nothing
   */
  Result take(Page<?> page, PageOutcome gate, boolean rereadParts, Commit.Builder into) {
    unmodified(page).forEach(gate::pass);
    page.unreadable().forEach(gate::unreadable);
    page.malformed().forEach(gate::doubt);
    page.unknown().forEach(id -> gate.unanswered(scope.plan().ref(id, scope.parentRef()).id()));
    Map<String, ItemState> known =
        scope.run().store().corpus().states(scope.run().key(), scope.plan().kind(), gate.listed());
    refuseTwoParents(gate, known);
    PartReader parts = new PartReader(scope);
    int stored = store(gate, known, parts, rereadParts, page, into);
    departures.write(page, gate, known.keySet(), into);
    recordFailures(gate, into);
    int failed = gate.failed().size() + gate.unreadable().size();
    int unchanged = gate.visible().size() - stored + gate.repeated();
    int hidden = gate.hidden().size();
    into.count(
        Counts.builder()
            .seen(stored + unchanged + hidden + failed)
            .stored(stored)
            .unchanged(unchanged)
            .hidden(hidden)
            .failed(failed)
            .requests(parts.requests())
            .build());
    return new Result(gate.listed(), !gate.unreadable().isEmpty(), failed, parts.requests());
  }

  /** Whether pages take things off a plan, one after the other. */
  boolean correctsPlan() {
    return departures.hasPlan();
  }

  /** Things fetched by id, as a page of their own. */
  void take(ByIds.Found found, Commit.Builder into) {
    Page<?> page =
        Page.of(found.records()).asked(found.asked()).unknown(found.unknown()).end(Proof.NONE);
    take(page, sort(page), true, into);
  }

  /** Stores what is new or changed; returns how many those are. */
  private int store(
      PageOutcome gate,
      Map<String, ItemState> known,
      PartReader parts,
      boolean rereadParts,
      Page<?> page,
      Commit.Builder into) {
    List<PageOutcome.Visible> changed = new ArrayList<>();
    int written = 0;
    boolean restless =
        rereadParts && scope.plan().parts().stream().anyMatch(p -> p.touches() == Touches.NOTHING);
    for (PageOutcome.Visible record : gate.visible().values()) {
      ItemState before = known.get(record.ref().id());
      boolean asBefore =
          before != null
              && (record.revision().isOlderThan(before.revision())
                  || (same(record, before) && !restless));
      if (!asBefore) {
        changed.add(record);
      }
    }
    Map<Payload, EntityTag> tags = tags(page);
    Map<Ref, Artifact> stored = storedArtifacts(changed, known);
    Map<Ref, StoredDocument> documents = storedDocuments(changed, known);
    for (PageOutcome.Visible record : changed) {
      Optional<ItemState> before = Optional.ofNullable(known.get(record.ref().id()));
      try {
        PartReader.Result read = parts.read(record, Optional.ofNullable(stored.get(record.ref())));
        if (before.isPresent()
            && same(record, before.get())
            && sameParts(Optional.ofNullable(stored.get(record.ref())), read.parts())) {
          continue;
        }
        ItemWrite item =
            write(record, read, before, Optional.ofNullable(documents.get(record.ref())));
        into.item(item);
        written++;
        read.entityTags().forEach(into::entityTag);
        Optional.ofNullable(tags.get(record.payload()))
            .map(v -> new EntityTag(v.call(), v.etag(), record.ref()))
            .ifPresent(into::entityTag);
        if (scope.plan().stream() instanceof ReferenceStream) {
          into.referenceChanged(record.ref());
        }
      } catch (ItemFailed e) {
        gate.fail(record.ref(), e.reason());
      }
    }
    return written;
  }

  private ItemWrite write(
      PageOutcome.Visible record,
      PartReader.Result read,
      Optional<ItemState> before,
      Optional<StoredDocument> document)
      throws ItemFailed {
    Item item = record.item().with(read.parts());
    Access access = access(item, read, before);
    Artifact artifact =
        Artifact.of(
            record.ref(),
            scope.parentRef(),
            record.revision(),
            record.payload(),
            read.parts(),
            record.visibility(),
            access);
    return deriver.derive(
        scope.plan(), artifact, item, read.missing(), before.map(ItemState::access), document);
  }

  /** P5: what could not be read leaves stored access as it was, and is nobody for something new. */
  private Access access(Item item, PartReader.Result read, Optional<ItemState> before)
      throws ItemFailed {
    if (!(scope.plan().stream() instanceof Guarded guarded)) {
      return Access.known(List.of());
    }
    Access answer;
    try {
      answer = AuthorCalls.ask("access", () -> guarded.access(item));
    } catch (PartUnavailable e) {
      answer = Access.unknown("parts " + read.missing() + " could not be read");
    }
    return answer.mode() == Access.Mode.UNKNOWN
        ? before.map(ItemState::access).orElse(answer)
        : answer;
  }

  private boolean same(PageOutcome.Visible record, ItemState before) {
    return before.hash().equals(record.payload().hash())
        && !before.stale()
        && before.version() == scope.plan().version()
        && before.parent().equals(scope.parentRef());
  }

  private static boolean sameParts(Optional<Artifact> stored, Parts read) {
    return Arrays.equals(
        stored.map(Artifact::parts).orElse(Parts.none()).encoded(), read.encoded());
  }

  private Map<Ref, Artifact> storedArtifacts(
      List<PageOutcome.Visible> changed, Map<String, ItemState> known) {
    List<Ref> refs = scope.plan().parts().isEmpty() ? List.of() : refsOf(changed, known);
    return refs.isEmpty()
        ? Map.of()
        : scope.run().store().corpus().artifacts(scope.run().key(), refs);
  }

  private Map<Ref, StoredDocument> storedDocuments(
      List<PageOutcome.Visible> changed, Map<String, ItemState> known) {
    List<Ref> refs = scope.plan().version() == 0 ? List.of() : refsOf(changed, known);
    return refs.isEmpty()
        ? Map.of()
        : scope.run().store().corpus().documents(scope.run().key(), refs);
  }

  private static List<Ref> refsOf(List<PageOutcome.Visible> changed, Map<String, ItemState> known) {
    return changed.stream()
        .map(PageOutcome.Visible::ref)
        .filter(ref -> known.containsKey(ref.id()))
        .toList();
  }

  private static Map<Payload, EntityTag> tags(Page<?> page) {
    Map<Payload, EntityTag> tags = new HashMap<>();
    for (Page.Tagged tagged : page.tagged()) {
      tags.put(
          tagged.record(), new EntityTag(tagged.call(), tagged.etag(), Ref.parse("pending:owner")));
    }
    return tags;
  }

  /**
   * "Not modified" means what is stored: it passes the gate again, since a part of it may have
   * changed all the same.
   */
  private List<Payload> unmodified(Page<?> page) {
    Store store = scope.run().store();
    ConnectionKey key = scope.run().key();
    List<Payload> records = new ArrayList<>();
    for (Page.Unchanged answer : page.unchanged()) {
      String call = answer.call();
      EntityTag tag = store.checkpoints().entityTags(key, List.of(call)).get(call);
      if (tag != null) {
        Collection<Artifact> stored = store.corpus().artifacts(key, List.of(tag.owner())).values();
        stored.forEach(a -> records.add(a.payload()));
      }
    }
    return records;
  }

  private void recordFailures(PageOutcome gate, Commit.Builder into) {
    Instant now = scope.run().now();
    gate.failed()
        .forEach((id, why) -> into.failed(FailedItem.identified(scope.scope(), id, why, now)));
    gate.unreadable()
        .forEach((id, why) -> into.failed(FailedItem.unidentified(scope.scope(), id, why, now)));
  }

  /** One id under two parents within a run: the author said that ids are unique everywhere. */
  private void refuseTwoParents(PageOutcome gate, Map<String, ItemState> known) {
    if (scope.plan().nested().filter(n -> n.ids() == Nested.Ids.EVERYWHERE).isEmpty()) {
      return;
    }
    for (String id : gate.visible().keySet()) {
      ItemState before = known.get(id);
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
