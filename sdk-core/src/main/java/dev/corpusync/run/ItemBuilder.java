package dev.corpusync.run;

import dev.corpusync.artifact.Artifact;
import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.PartUnavailable;
import dev.corpusync.artifact.Payload;
import dev.corpusync.connector.Guarded;
import dev.corpusync.connector.ReferenceStream;
import dev.corpusync.document.Access;
import dev.corpusync.document.Ref;
import dev.corpusync.extract.Page;
import dev.corpusync.run.AuthorCalls.ItemFailed;
import dev.corpusync.run.JudgedRecord.Visible;
import dev.corpusync.run.PartReader.Complete;
import dev.corpusync.store.EntityTag;
import dev.corpusync.store.ItemState;
import dev.corpusync.store.ItemWrite;
import dev.corpusync.store.StoredDocument;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes of new and changed records what is stored of them: access, artifact, document, event. */
final class ItemBuilder {
  private final ScopeContext scope;
  private final Deriver deriver;

  ItemBuilder(ScopeContext scope, Deriver deriver) {
    this.scope = scope;
    this.deriver = deriver;
  }

  /**
   * The items of one page.
   *
   * @param changedReferences items that documents may have looked up
   * @param failed reasons by id
   */
  record Result(
      List<ItemWrite> items,
      List<EntityTag> entityTags,
      List<Ref> changedReferences,
      Map<String, String> failed) {}

  /**
   * @param changed with their parts
   * @param tagged records of the page that came with an ETag of their own
   */
  Result build(List<Complete> changed, List<Page.Tagged> tagged) {
    Map<Ref, StoredDocument> documents = storedDocuments(changed);
    Map<Payload, Page.Tagged> tags = new HashMap<>();
    tagged.forEach(tag -> tags.put(tag.record(), tag));
    List<ItemWrite> items = new ArrayList<>();
    List<EntityTag> entityTags = new ArrayList<>();
    Map<String, String> failed = new LinkedHashMap<>();
    for (Complete complete : changed) {
      Visible record = complete.candidate().record();
      try {
        items.add(item(complete, Optional.ofNullable(documents.get(record.ref()))));
        entityTags.addAll(complete.entityTags());
        Optional.ofNullable(tags.get(record.payload()))
            .map(tag -> new EntityTag(tag.call(), tag.etag(), record.ref()))
            .ifPresent(entityTags::add);
      } catch (ItemFailed e) {
        failed.put(record.ref().id(), e.reason());
      }
    }
    return new Result(items, entityTags, changedReferences(items), failed);
  }

  /** Read once, and only of records that are known to have changed. */
  private Map<Ref, StoredDocument> storedDocuments(List<Complete> changed) {
    if (scope.plan().transformation().isEmpty()) {
      return Map.of();
    }
    List<Ref> refs =
        changed.stream()
            .filter(complete -> complete.candidate().before().isPresent())
            .map(complete -> complete.candidate().record().ref())
            .toList();
    return refs.isEmpty()
        ? Map.of()
        : scope.run().store().corpus().documents(scope.run().key(), refs);
  }

  private List<Ref> changedReferences(List<ItemWrite> items) {
    return scope.plan().stream() instanceof ReferenceStream
        ? items.stream().map(item -> item.artifact().ref()).toList()
        : List.of();
  }

  private ItemWrite item(Complete complete, Optional<StoredDocument> document) throws ItemFailed {
    Visible record = complete.candidate().record();
    Optional<Access> accessBefore = complete.candidate().before().map(ItemState::access);
    Item item = record.item().with(complete.parts());
    Artifact artifact =
        Artifact.of(
            record.ref(),
            scope.parentRef(),
            record.revision(),
            record.payload(),
            complete.parts(),
            record.visibility(),
            access(item, complete, accessBefore));
    return deriver.derive(scope.plan(), artifact, item, complete.missing(), accessBefore, document);
  }

  /** P5: unknown access leaves what is stored as it was, and lets nobody read what is new. */
  private Access access(Item item, Complete complete, Optional<Access> before) throws ItemFailed {
    if (!(scope.plan().stream() instanceof Guarded guarded)) {
      return Access.known(List.of());
    }
    Access answer;
    try {
      answer = AuthorCalls.ask("access", () -> guarded.access(item));
    } catch (PartUnavailable e) {
      answer = Access.unknown("parts " + complete.missing() + " could not be read");
    }
    return answer.mode() == Access.Mode.UNKNOWN ? before.orElse(answer) : answer;
  }
}
