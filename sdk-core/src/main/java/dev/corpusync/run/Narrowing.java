package dev.corpusync.run;

import dev.corpusync.artifact.Artifact;
import dev.corpusync.artifact.Visibility;
import dev.corpusync.connector.Guarded;
import dev.corpusync.document.Access;
import dev.corpusync.document.Ref;
import dev.corpusync.run.AuthorCalls.ItemFailed;
import dev.corpusync.run.Comparison.Difference;
import dev.corpusync.run.PartReader.Complete;
import dev.corpusync.store.Answer;
import dev.corpusync.store.Aspect;
import dev.corpusync.store.ItemState;
import dev.corpusync.store.ItemWrite;
import dev.corpusync.store.OlderRevision;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Narrows the access of a stored record to what it has in common with that of an older revision of
 * it. A source that was restored and a replica that lags look the same, and nobody may read what
 * one of the two withholds (P8).
 */
final class Narrowing {
  private final ScopeContext scope;
  private final Reading reading;
  private final Map<Ref, Artifact> stored;

  /**
   * @param changed the records of a page, of which those with an older revision are read
   */
  Narrowing(ScopeContext scope, List<Complete> changed, Reading reading) {
    this.scope = scope;
    this.reading = reading;
    List<Ref> refs =
        changed.stream()
            .filter(complete -> complete.candidate().difference() == Difference.OLDER)
            .map(complete -> complete.candidate().record().ref())
            .toList();
    stored =
        refs.isEmpty() ? Map.of() : scope.run().store().corpus().artifacts(scope.run().key(), refs);
  }

  /** The stored record with its access narrowed; empty where nothing is to be written. */
  Optional<ItemWrite> item(Complete older) throws ItemFailed {
    Ref ref = older.candidate().record().ref();
    Artifact artifact = stored.get(ref);
    ItemState before = older.candidate().before().orElseThrow();
    if (artifact == null) {
      return Optional.empty();
    }
    Access access = common(before.access(), older);
    Optional<OlderRevision> seen = seen(older, before);
    return access.equals(before.access()) && seen.equals(before.older())
        ? Optional.empty()
        : Optional.of(write(scope.plan(), artifact, before, access).withOlder(seen));
  }

  /** A write of nothing but the access of what is stored, with its event. */
  static ItemWrite write(StreamPlan plan, Artifact stored, ItemState before, Access access) {
    Artifact narrowed =
        Artifact.of(
            stored.ref(),
            stored.parent(),
            stored.revision(),
            stored.payload(),
            stored.parts(),
            Visibility.declared("it is stored"),
            access);
    boolean narrower = !access.equals(before.access());
    boolean told = narrower && plan.transformation().isPresent();
    return ItemWrite.of(narrowed)
        // What is stale stays so: no stream has the version 0.
        .withVersion(before.stale() ? 0 : before.version())
        .withAccessChanged(narrower)
        .withEvent(
            told ? Optional.of(ItemWrite.Event.of(Set.of(Aspect.ACCESS))) : Optional.empty());
  }

  private Access common(Access before, Complete older) throws ItemFailed {
    if (!(scope.plan().stream() instanceof Guarded)) {
      return before;
    }
    AccessReader.Answered answer =
        AccessReader.read(
            scope,
            scope
                .answers()
                .item(Answer.ACCESS, older.candidate().record().payload().json(), older.parts()));
    return answer.isUnknown() ? before : before.common(answer.access());
  }

  /** Only a full pass says that a record is in this state: changes are also told late. */
  private Optional<OlderRevision> seen(Complete older, ItemState before) {
    return reading.isFullPass()
        ? Optional.of(new OlderRevision(older.candidate().record().revision(), scope.run().round()))
        : before.older();
  }
}
