package dev.corpusync.run;

import dev.corpusync.artifact.Artifact;
import dev.corpusync.artifact.Item;
import dev.corpusync.connector.ReferenceStream;
import dev.corpusync.document.Access;
import dev.corpusync.document.Kind;
import dev.corpusync.run.AuthorCalls.ItemFailed;
import dev.corpusync.store.Answer;
import dev.corpusync.store.Aspect;
import dev.corpusync.store.Derived;
import dev.corpusync.store.ItemWrite;
import dev.corpusync.store.StoredDocument;
import dev.corpusync.transform.DocumentChanges;
import dev.corpusync.transform.RecordedLookups;
import dev.corpusync.transform.RecordedLookups.References;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Derives the document of an artifact and its event (P8, P9). The same for a page of records and
 * for artifacts that are derived again. Safe for many threads.
 */
final class Deriver {
  private final RunContext run;
  private final References references;

  Deriver(RunContext run, List<StreamPlan> plans) {
    this.run = run;
    Map<Kind, Function<Item, String>> names =
        plans.stream()
            .map(StreamPlan::stream)
            .filter(ReferenceStream.class::isInstance)
            .map(ReferenceStream.class::cast)
            .collect(Collectors.toMap(ReferenceStream::kind, stream -> stream::name));
    references =
        new References(run.store().corpus(), run.key(), run.connection().settings(), names);
  }

  /**
   * @param answers of its scope
   * @param missing names of the parts that are unknown
   * @param accessBefore as stored; empty for a new item
   * @param before its document as stored
   */
  ItemWrite derive(
      StreamPlan plan,
      ScopeAnswers answers,
      Artifact artifact,
      Set<String> missing,
      Optional<Access> accessBefore,
      Optional<StoredDocument> before)
      throws ItemFailed {
    boolean accessChanged =
        accessBefore.filter(access -> !access.equals(artifact.access())).isPresent();
    if (plan.transformation().isEmpty()) {
      return ItemWrite.of(artifact).withAccessChanged(accessChanged).withVersion(plan.version());
    }
    Item item = answers.item(Answer.TEXT, artifact.payload().json(), artifact.parts());
    References seen = references.under(answers.settings(Answer.TEXT));
    Derived derived =
        AuthorCalls.ask(
            "transform",
            () -> plan.transformation().get().derive(item, new RecordedLookups(seen), missing));
    derived.lookups().forEach(ref -> run.noteLookUp(ref.kind()));
    // Another container may mean other readers, even where the item's own access is the same.
    boolean moved = before.filter(d -> !d.parent().equals(artifact.parent())).isPresent();
    Set<Aspect> besides = accessChanged || moved ? Set.of(Aspect.ACCESS) : Set.of();
    Optional<ItemWrite.Event> event =
        before.isPresent()
            ? DocumentChanges.between(before.get(), derived.document(), besides)
            : Optional.of(DocumentChanges.created(derived.document()));
    return ItemWrite.of(artifact)
        .withDerived(Optional.of(derived))
        .withEvent(event)
        .withAccessChanged(accessChanged);
  }
}
