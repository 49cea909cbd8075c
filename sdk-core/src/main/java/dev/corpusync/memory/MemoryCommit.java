package dev.corpusync.memory;

import dev.corpusync.artifact.Artifact;
import dev.corpusync.document.Access;
import dev.corpusync.document.Ref;
import dev.corpusync.error.LeaseLostException;
import dev.corpusync.memory.MemoryConnection.FailureKey;
import dev.corpusync.store.Answer;
import dev.corpusync.store.Aspect;
import dev.corpusync.store.Commit;
import dev.corpusync.store.CommitResult;
import dev.corpusync.store.EntityTag;
import dev.corpusync.store.ItemWrite;
import dev.corpusync.store.Outbox;
import dev.corpusync.store.PartRead;
import dev.corpusync.store.ScopeDependency;
import dev.corpusync.store.Storable;
import dev.corpusync.sync.Checkpoint;
import dev.corpusync.sync.Counts;
import dev.corpusync.sync.FailedItem;
import dev.corpusync.sync.FullPassReason;
import dev.corpusync.sync.HeldDeletion;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.Scope;
import dev.corpusync.sync.UnreadPart;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Writes one commit: the constructor copies everything, which can fail, and {@link #apply} changes
 * the state, which cannot (P1).
 */
final class MemoryCommit {
  private final Commit commit;
  private final Map<Ref, Artifact> artifacts = new LinkedHashMap<>();
  private final Map<Ref, MemoryDerivation> derivations = new LinkedHashMap<>();
  private final Map<Ref, MemoryDocument> documents = new LinkedHashMap<>();
  private final Map<Ref, Boolean> accessChanged = new LinkedHashMap<>();
  private final List<Outbox.Event> itemEvents = new ArrayList<>();
  private final List<FailedItem> failures;
  private final List<EntityTag> entityTags;
  private final Set<String> changed = new TreeSet<>();
  private final List<UnreadPart> unread;
  private final Optional<Checkpoint> checkpoint;
  private final Optional<HeldDeletion> held;
  private final Optional<Run> record;

  MemoryCommit(Commit commit) {
    this.commit = commit;
    commit.items().forEach(this::prepare);
    failures = commit.failures().stream().map(MemoryCopies::storable).toList();
    entityTags = commit.entityTags().stream().map(MemoryCopies::storable).toList();
    commit.changed().forEach(what -> changed.add(Storable.text(what.text())));
    unread = commit.unread().stream().map(MemoryCopies::storable).toList();
    checkpoint = commit.checkpoint().map(MemoryCopies::storable);
    held = commit.held().map(MemoryCopies::storable);
    record = commit.record().map(MemoryCopies::storable);
  }

  private void prepare(ItemWrite item) {
    Ref ref = Storable.ref(item.artifact().ref());
    artifacts.remove(ref);
    artifacts.put(ref, MemoryCopies.copy(item.artifact()));
    derivations.put(ref, MemoryDerivation.of(item));
    item.derived().ifPresent(d -> documents.put(ref, MemoryDocument.of(d)));
    if (item.accessChanged()) {
      accessChanged.put(ref, true);
    }
    item.event()
        .ifPresent(
            e ->
                itemEvents.add(
                    Outbox.Event.of(0, ref, Set.copyOf(e.aspects()))
                        .withChangedChunks(MemoryCopies.storable(e.changedChunks()))
                        .withRemovedChunks(MemoryCopies.storable(e.removedChunks()))));
  }

  /**
   * @throws LeaseLostException before anything is changed
   */
  CommitResult apply(@Nullable MemoryConnection in) {
    if (in == null || !in.isNewest(commit.fence())) {
      throw new LeaseLostException(
          "a commit for connection "
              + commit.fence().key()
              + " was refused: another worker took over or it was disconnected; this run must"
              + " stop");
    }
    long eventsBefore = in.lastEvent;
    int deleted = delete(in);
    artifacts.forEach(
        (ref, artifact) -> in.put(artifact, Objects.requireNonNull(derivations.get(ref))));
    documents.forEach(in::put);
    announce(in);
    commit.scopeDependencies().forEach(dependency -> depend(in, dependency));
    in.markStale(changed);
    unread.forEach(part -> keep(in, part));
    commit.read().forEach(part -> forget(in, part));
    entityTags.forEach(v -> in.entityTags.put(v.call(), v));
    failures.forEach(
        f -> in.failures.merge(new FailureKey(f.scope(), f.id()), f, MemoryCommit::again));
    commit
        .resolved()
        .forEach(
            r ->
                in.failures.remove(
                    new FailureKey(Storable.scope(r.scope()), Storable.text(r.id()))));
    commit.fullPassOwed().ifPresent(reason -> oweFullPasses(in, reason));
    checkpoint.ifPresent(p -> in.checkpoint.put(p.scope(), p));
    commit.clearSeen().ifPresent(scope -> in.seen.remove(Storable.scope(scope)));
    commit
        .seen()
        .ifPresent(
            s ->
                in.seen
                    .computeIfAbsent(Storable.scope(s.scope()), x -> new TreeMap<>())
                    .put(s.page(), s.ids().clone()));
    held.ifPresent(in::hold);
    commit.heldIds().ifPresent(in::hold);
    commit.released().ifPresent(in::release);
    commit.decided().ifPresent(plan -> in.decide(Storable.text(plan)));
    Counts counts =
        commit
            .counts()
            .plus(Counts.builder().deleted(deleted).events(in.lastEvent - eventsBefore).build());
    record.ifPresent(run -> record(in, run));
    in.runs.computeIfPresent(
        Storable.text(commit.run()), (id, run) -> withCounts(run, run.counts().plus(counts)));
    return new CommitResult(counts);
  }

  private int delete(MemoryConnection in) {
    Set<Ref> doomed = new TreeSet<>(Storable.REF_ORDER);
    for (Commit.Deletion deletion : commit.deletions()) {
      Ref root = Storable.ref(deletion.ref());
      Artifact stored = in.artifacts.get(root);
      Optional<Ref> place = deletion.place().map(Storable::ref);
      if (stored == null || place.isEmpty() || place.equals(stored.parent())) {
        collect(in, root, doomed);
      }
    }
    removeScopes(in, doomed);
    doomed.stream()
        .filter(ref -> !artifacts.containsKey(ref))
        .forEach(ref -> changed.add(ref.toString()));
    int deleted = 0;
    for (Ref ref : doomed) {
      // what is deleted and listed again in one page stays: its item says what changed, so a
      // DELETED would be wrong
      if (!artifacts.containsKey(ref) && in.removeArtifact(ref)) {
        deleted++;
        if (in.removeDocument(ref)) {
          emit(in, ref, EnumSet.of(Aspect.DELETED), Set.of(), Set.of());
        }
      }
    }
    return deleted;
  }

  private static void collect(MemoryConnection in, Ref ref, Set<Ref> doomed) {
    if (doomed.add(ref)) {
      in.below(ref).forEach(child -> collect(in, child, doomed));
    }
  }

  /** In one pass over each map: a commit may delete many thousands. */
  private static void removeScopes(MemoryConnection in, Set<Ref> gone) {
    Predicate<Scope> within = scope -> scope.partition().filter(gone::contains).isPresent();
    in.entityTags.values().removeIf(tag -> gone.contains(tag.owner()));
    in.checkpoint.keySet().removeIf(within);
    in.seen.keySet().removeIf(within);
    in.removeHeld(within);
    in.scopeDependencies.keySet().removeIf(within);
    in.failures
        .keySet()
        .removeIf(
            failure ->
                within.test(failure.scope())
                    || gone.contains(failure.scope().stream().ref(failure.id())));
  }

  /** Events of the items, then of those whose inherited readers change. */
  private void announce(MemoryConnection in) {
    Set<Ref> affected = new TreeSet<>(Storable.REF_ORDER);
    accessChanged.keySet().forEach(container -> inheriting(in, container, 1, affected));
    for (Outbox.Event event : itemEvents) {
      Set<Aspect> aspects = EnumSet.noneOf(Aspect.class);
      aspects.addAll(event.aspects());
      if (affected.contains(event.ref()) && !aspects.contains(Aspect.CREATED)) {
        aspects.add(Aspect.ACCESS);
      }
      emit(in, event.ref(), aspects, event.changedChunks(), event.removedChunks());
    }
    itemEvents.forEach(event -> affected.remove(event.ref()));
    affected.stream()
        .filter(in.documents::containsKey)
        .forEach(ref -> emit(in, ref, EnumSet.of(Aspect.ACCESS), Set.of(), Set.of()));
  }

  private static void inheriting(MemoryConnection in, Ref container, int level, Set<Ref> affected) {
    for (Ref child : in.below(container)) {
      Access.Mode mode = Objects.requireNonNull(in.artifacts.get(child)).access().mode();
      if ((mode == Access.Mode.INHERITED || mode == Access.Mode.INHERITED_AND)
          && level <= MemoryConnection.LEVELS) {
        affected.add(child);
        inheriting(in, child, level + 1, affected);
      }
    }
  }

  private static void emit(
      MemoryConnection in, Ref ref, Set<Aspect> aspects, Set<String> changed, Set<String> removed) {
    in.lastEvent++;
    in.events.put(
        in.lastEvent,
        Outbox.Event.of(in.lastEvent, ref, Set.copyOf(aspects))
            .withChangedChunks(changed)
            .withRemovedChunks(removed));
  }

  private static void oweFullPasses(MemoryConnection in, FullPassReason reason) {
    in.checkpoint.replaceAll(
        (scope, c) ->
            c.fullPassOwed().isPresent()
                ? c
                : c.toBuilder().fullPassOwed(Optional.of(reason)).build());
  }

  private static void depend(MemoryConnection in, ScopeDependency dependency) {
    in.scopeDependencies
        .computeIfAbsent(Storable.scope(dependency.scope()), s -> new HashMap<>())
        .computeIfAbsent(
            Storable.text(dependency.on().text()), target -> EnumSet.noneOf(Answer.class))
        .add(dependency.answer());
  }

  private static void keep(MemoryConnection in, UnreadPart part) {
    in.unread
        .computeIfAbsent(part.item(), ref -> new TreeMap<>(Storable.TEXT_ORDER))
        .merge(
            part.part(),
            part,
            (old, now) ->
                now.toBuilder()
                    .attempts(old.attempts() + now.attempts())
                    .first(old.first())
                    .build());
  }

  private static void forget(MemoryConnection in, PartRead part) {
    in.unread.computeIfPresent(
        Storable.ref(part.item()),
        (ref, parts) -> {
          parts.remove(Storable.text(part.part()));
          return parts.isEmpty() ? null : parts;
        });
  }

  private static void record(MemoryConnection in, Run run) {
    if (run.state() == Run.State.RUNNING) {
      in.runs.replaceAll(
          (id, other) ->
              id.equals(run.id()) || other.state() != Run.State.RUNNING
                  ? other
                  : other.withEnd(Run.State.ABANDONED, run.started(), other.message()));
    }
    in.runs.merge(
        run.id(),
        run,
        (old, now) ->
            now.toBuilder()
                .trigger(old.trigger())
                .started(old.started())
                .counts(old.counts())
                .build());
  }

  private static FailedItem again(FailedItem old, FailedItem now) {
    return now.toBuilder().attempts(old.attempts() + now.attempts()).first(old.first()).build();
  }

  private static Run withCounts(Run r, Counts counts) {
    return r.withCounts(counts);
  }
}
