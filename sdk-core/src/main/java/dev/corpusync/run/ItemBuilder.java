package dev.corpusync.run;

import dev.corpusync.artifact.Artifact;
import dev.corpusync.artifact.Dependency;
import dev.corpusync.artifact.Payload;
import dev.corpusync.document.Access;
import dev.corpusync.document.Ref;
import dev.corpusync.extract.Page;
import dev.corpusync.run.AuthorCalls.ItemFailed;
import dev.corpusync.run.Comparison.Difference;
import dev.corpusync.run.JudgedRecord.Visible;
import dev.corpusync.run.PartReader.Complete;
import dev.corpusync.store.Answer;
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
  private final ItemChanges changes;

  ItemBuilder(ScopeContext scope, Deriver deriver) {
    this.scope = scope;
    this.deriver = deriver;
    changes = new ItemChanges(scope);
  }

  /**
   * The items of one page.
   *
   * @param changed what other items may be made of, and has changed
   * @param failed reasons by id
   */
  record Result(
      List<ItemWrite> items,
      List<EntityTag> entityTags,
      List<Dependency> changed,
      Map<String, String> failed) {}

  /**
   * @param changed with their parts
   * @param tagged records of the page that came with an ETag of their own
   */
  Result build(List<Complete> changed, List<Page.Tagged> tagged, Reading reading) {
    Map<Ref, StoredDocument> documents = storedDocuments(changed);
    Map<Payload, Page.Tagged> tags = new HashMap<>();
    tagged.forEach(tag -> tags.put(tag.record(), tag));
    Narrowing narrowing = new Narrowing(scope, changed, reading);
    List<ItemWrite> items = new ArrayList<>();
    List<EntityTag> entityTags = new ArrayList<>();
    List<Dependency> told = new ArrayList<>();
    Map<String, String> failed = new LinkedHashMap<>();
    for (Complete complete : changed) {
      Visible record = complete.candidate().record();
      try {
        if (complete.candidate().difference() == Difference.OLDER) {
          narrowing.item(complete).ifPresent(items::add);
          continue;
        }
        items.add(item(complete, Optional.ofNullable(documents.get(record.ref()))));
        told.addAll(changes.of(complete));
        entityTags.addAll(complete.entityTags());
        Optional.ofNullable(tags.get(record.payload()))
            .map(tag -> new EntityTag(tag.call(), tag.etag(), record.ref()))
            .ifPresent(entityTags::add);
      } catch (ItemFailed e) {
        failed.put(record.ref().id(), e.reason());
      }
    }
    return new Result(items, entityTags, told, failed);
  }

  /** Read once, and only of records that are known to have changed. */
  private Map<Ref, StoredDocument> storedDocuments(List<Complete> changed) {
    if (scope.plan().transformation().isEmpty()) {
      return Map.of();
    }
    List<Ref> refs =
        changed.stream()
            .filter(complete -> complete.candidate().before().isPresent())
            .filter(complete -> complete.candidate().difference() != Difference.OLDER)
            .map(complete -> complete.candidate().record().ref())
            .toList();
    return refs.isEmpty()
        ? Map.of()
        : scope.run().store().corpus().documents(scope.run().key(), refs);
  }

  private ItemWrite item(Complete complete, Optional<StoredDocument> document) throws ItemFailed {
    Visible record = complete.candidate().record();
    Optional<Access> accessBefore = complete.candidate().before().map(ItemState::access);
    Artifact artifact =
        Artifact.of(
            record.ref(),
            scope.parentRef(),
            record.revision(),
            record.payload(),
            complete.parts(),
            record.visibility(),
            access(complete, accessBefore));
    return deriver.derive(
        scope.plan(), scope.answers(), artifact, complete.missing(), accessBefore, document);
  }

  /**
   * P5: content that arrives with unknown access is read by nobody until its access is known; where
   * nothing arrives, unknown access leaves what is stored as it was.
   */
  private Access access(Complete complete, Optional<Access> before) throws ItemFailed {
    AccessReader.Answered answer =
        AccessReader.read(
            scope,
            scope
                .answers()
                .item(
                    Answer.ACCESS,
                    complete.candidate().record().payload().json(),
                    complete.parts()));
    return answer.isUnknown() && !complete.hasOtherContent()
        ? before.map(stored -> stored.in(scope.realm())).orElse(answer.access())
        : answer.access();
  }
}
