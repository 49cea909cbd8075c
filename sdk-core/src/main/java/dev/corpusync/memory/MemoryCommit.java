package dev.corpusync.memory;

import dev.corpusync.artifact.Artifact;
import dev.corpusync.artifact.Revision;
import dev.corpusync.document.Access;
import dev.corpusync.document.Principal;
import dev.corpusync.document.Ref;
import dev.corpusync.error.LeaseLostException;
import dev.corpusync.memory.MemoryConnection.FailureKey;
import dev.corpusync.store.Aspect;
import dev.corpusync.store.Commit;
import dev.corpusync.store.CommitResult;
import dev.corpusync.store.EntityTag;
import dev.corpusync.store.ItemWrite;
import dev.corpusync.store.Outbox;
import dev.corpusync.store.Storable;
import dev.corpusync.sync.Checkpoint;
import dev.corpusync.sync.Counts;
import dev.corpusync.sync.FailedItem;
import dev.corpusync.sync.FullPassReason;
import dev.corpusync.sync.HeldDeletion;
import dev.corpusync.sync.Pass;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.Scope;
import dev.corpusync.sync.StoredCursor;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
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
  private final Map<Ref, MemoryDocument> documents = new LinkedHashMap<>();
  private final Map<Ref, Boolean> accessChanged = new LinkedHashMap<>();
  private final List<Outbox.Event> itemEvents = new ArrayList<>();
  private final List<FailedItem> failures;
  private final List<EntityTag> entityTags;
  private final List<Ref> changedReferences;
  private final Optional<Checkpoint> checkpoint;
  private final Optional<HeldDeletion> held;
  private final Optional<Run> record;

  MemoryCommit(Commit commit) {
    this.commit = commit;
    commit.items().forEach(this::prepare);
    failures = commit.failures().stream().map(MemoryCommit::storable).toList();
    entityTags = commit.entityTags().stream().map(MemoryCommit::storable).toList();
    changedReferences = commit.changedReferences().stream().map(Storable::ref).toList();
    checkpoint = commit.checkpoint().map(MemoryCommit::storable);
    held = commit.held().map(MemoryCommit::storable);
    record = commit.record().map(MemoryCommit::storable);
  }

  private void prepare(ItemWrite item) {
    Ref ref = Storable.ref(item.artifact().ref());
    artifacts.remove(ref);
    artifacts.put(ref, copy(item.artifact()));
    item.derived().ifPresent(d -> documents.put(ref, MemoryDocument.of(d)));
    if (item.accessChanged()) {
      accessChanged.put(ref, true);
    }
    item.event()
        .ifPresent(
            e ->
                itemEvents.add(
                    Outbox.Event.of(0, ref, Set.copyOf(e.aspects()))
                        .withChangedChunks(storable(e.changedChunks()))
                        .withRemovedChunks(storable(e.removedChunks()))));
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
    artifacts.values().forEach(in::put);
    documents.forEach(in::put);
    announce(in);
    changedReferences.forEach(
        ref ->
            in.dependingOn(ref)
                .forEach(d -> in.put(d, Objects.requireNonNull(in.documents.get(d)).outdated())));
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

  private static Artifact copy(Artifact a) {
    List<Principal> readers =
        a.access().readers().stream()
            .map(p -> Principal.parse(Storable.text(p.toString())))
            .toList();
    return Artifact.stored(
        Storable.ref(a.ref()),
        a.parent().map(Storable::ref),
        Revision.parse(Storable.text(a.revision().toString())),
        a.payload().bytes(),
        a.parts().encoded(),
        Access.stored(a.access().mode(), readers));
  }

  private static Set<String> storable(Set<String> keys) {
    Set<String> all = new HashSet<>();
    keys.forEach(key -> all.add(Storable.text(key)));
    return Set.copyOf(all);
  }

  private static FailedItem storable(FailedItem f) {
    return FailedItem.builder(Storable.scope(f.scope()), Storable.text(f.id()))
        .identity(f.identity())
        .reason(Storable.text(f.reason()))
        .attempts(f.attempts())
        .first(Storable.time(f.first()))
        .last(Storable.time(f.last()))
        .build();
  }

  private static FailedItem again(FailedItem old, FailedItem now) {
    return now.toBuilder().attempts(old.attempts() + now.attempts()).first(old.first()).build();
  }

  private static EntityTag storable(EntityTag v) {
    return new EntityTag(Storable.text(v.call()), Storable.text(v.etag()), Storable.ref(v.owner()));
  }

  private static HeldDeletion storable(HeldDeletion h) {
    return HeldDeletion.builder(Storable.text(h.plan()), Storable.scope(h.scope()))
        .total(h.total())
        .since(Storable.time(h.since()))
        .build();
  }

  private static Checkpoint storable(Checkpoint p) {
    Optional<Pass> pass =
        p.pass()
            .map(
                x ->
                    Pass.builder(x.mode())
                        .next(x.next().map(MemoryCommit::storable))
                        .candidate(x.candidate().map(Storable::time))
                        .deltaToken(x.deltaToken().map(MemoryCommit::storable))
                        .pages(x.pages())
                        .proof(x.proof())
                        .ended(x.ended())
                        .cycleTrail(Storable.text(x.cycleTrail()))
                        .build());
    return Checkpoint.builder(Storable.scope(p.scope()))
        .watermark(p.watermark().map(Storable::time))
        .deltaToken(p.deltaToken().map(MemoryCommit::storable))
        .completed(p.completed())
        .pass(pass)
        .suspects(Storable.text(p.suspects()))
        .settingsFingerprint(Storable.text(p.settingsFingerprint()))
        .fullPassOwed(p.fullPassOwed())
        .round(Storable.text(p.round()))
        .build();
  }

  private static StoredCursor storable(StoredCursor c) {
    return new StoredCursor(
        Storable.text(c.owner()), Storable.text(c.format()), Storable.text(c.json()));
  }

  private static Run storable(Run r) {
    return Run.builder(Storable.key(r.key()), Storable.text(r.id()))
        .trigger(r.trigger())
        .state(r.state())
        .started(Storable.time(r.started()))
        .ended(r.ended().map(Storable::time))
        .counts(r.counts())
        .message(Storable.text(r.message()))
        .failureKind(r.failureKind())
        .notBefore(r.notBefore().map(Storable::time))
        .round(Storable.text(r.round()))
        .build();
  }

  private static Run withCounts(Run r, Counts counts) {
    return r.withCounts(counts);
  }
}
