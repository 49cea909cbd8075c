package dev.corpusync.memory;

import dev.corpusync.artifact.Artifact;
import dev.corpusync.connection.Connection;
import dev.corpusync.document.Access;
import dev.corpusync.document.Kind;
import dev.corpusync.document.Principal;
import dev.corpusync.document.Ref;
import dev.corpusync.store.Answer;
import dev.corpusync.store.Commit;
import dev.corpusync.store.EntityTag;
import dev.corpusync.store.Outbox;
import dev.corpusync.store.Storable;
import dev.corpusync.sync.Checkpoint;
import dev.corpusync.sync.FailedItem;
import dev.corpusync.sync.Fence;
import dev.corpusync.sync.HeldDeletion;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.Scope;
import dev.corpusync.sync.UnreadPart;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All that is kept of one connection. Touched only under the store's lock. */
final class MemoryConnection {
  /** Beyond this an inherited access counts as unknown: nobody (P5). */
  static final int LEVELS = 8;

  private static final NavigableSet<Ref> NONE = Collections.emptyNavigableSet();

  Connection connection;
  final NavigableMap<Ref, Artifact> artifacts = new TreeMap<>(Storable.REF_ORDER);
  final Map<Ref, MemoryDerivation> derivations = new HashMap<>();
  final Map<Scope, Map<String, Set<Answer>>> scopeDependencies = new HashMap<>();
  final NavigableMap<Ref, NavigableMap<String, UnreadPart>> unread =
      new TreeMap<>(Storable.REF_ORDER);
  final NavigableMap<Ref, MemoryDocument> documents = new TreeMap<>(Storable.REF_ORDER);
  final NavigableMap<Long, Outbox.Event> events = new TreeMap<>();
  final Map<Scope, Checkpoint> checkpoint = new HashMap<>();
  final Map<Scope, NavigableMap<Integer, long[]>> seen = new HashMap<>();
  final NavigableMap<FailureKey, FailedItem> failures = new TreeMap<>();
  final Map<String, HeldDeletion> held = new HashMap<>();
  final Map<String, NavigableSet<String>> heldIds = new HashMap<>();
  final Map<String, Run> runs = new HashMap<>();
  final Map<String, EntityTag> entityTags = new HashMap<>();
  private final Map<Ref, NavigableSet<Ref>> children = new HashMap<>();

  /** By the text of what was looked up. */
  private final Map<String, Set<Ref>> dependents = new HashMap<>();

  long fence;
  @Nullable Instant leasedUntil;
  long lastEvent;

  /** Orders failures by scope, then id. */
  record FailureKey(Scope scope, String id) implements Comparable<FailureKey> {
    private static final Comparator<FailureKey> ORDER =
        Comparator.<FailureKey, Kind>comparing(k -> k.scope.stream())
            .thenComparing(k -> k.scope.partitionKey(), Storable.TEXT_ORDER)
            .thenComparing(FailureKey::id, Storable.TEXT_ORDER);

    @Override
    public int compareTo(FailureKey other) {
      return ORDER.compare(this, other);
    }
  }

  MemoryConnection(Connection connection) {
    this.connection = connection;
  }

  /** Each with the number of ids that it holds now. */
  Stream<HeldDeletion> held() {
    return held.values().stream()
        .map(plan -> plan.toBuilder().missing(heldIds(plan.plan()).size()).build());
  }

  NavigableSet<String> heldIds(String plan) {
    return heldIds.getOrDefault(plan, Collections.emptyNavigableSet());
  }

  void hold(HeldDeletion plan) {
    held.values().removeIf(h -> h.scope().equals(plan.scope()));
    forgetIds();
    heldIds.remove(plan.plan());
    held.put(plan.plan(), plan);
  }

  void hold(Commit.PlanIds more) {
    String plan = Storable.text(more.plan());
    if (held.containsKey(plan)) {
      NavigableSet<String> ids =
          heldIds.computeIfAbsent(plan, x -> new TreeSet<>(Storable.TEXT_ORDER));
      more.ids().forEach(id -> ids.add(Storable.text(id)));
    }
  }

  void release(Commit.PlanIds fewer) {
    NavigableSet<String> ids = heldIds.get(Storable.text(fewer.plan()));
    if (ids != null) {
      fewer.ids().forEach(id -> ids.remove(Storable.text(id)));
    }
  }

  void decide(String plan) {
    held.remove(plan);
    forgetIds();
  }

  /** The held deletions of scopes that go with their container. */
  void removeHeld(Predicate<Scope> within) {
    held.values().removeIf(plan -> within.test(plan.scope()));
    forgetIds();
  }

  private void forgetIds() {
    heldIds.keySet().retainAll(held.keySet());
  }

  boolean isNewest(Fence held) {
    return connection.generation().equals(Storable.text(held.generation()))
        && fence == held.number();
  }

  void put(Artifact artifact, MemoryDerivation derivation) {
    removeFromParent(artifact.ref());
    derivations.put(artifact.ref(), derivation);
    artifacts.put(artifact.ref(), artifact);
    artifact
        .parent()
        .ifPresent(
            p ->
                children
                    .computeIfAbsent(p, x -> new TreeSet<>(Storable.REF_ORDER))
                    .add(artifact.ref()));
  }

  void put(Ref ref, MemoryDocument document) {
    removeDocument(ref);
    documents.put(ref, document);
    document
        .lookups()
        .forEach(
            target ->
                dependents
                    .computeIfAbsent(target.toString(), x -> new TreeSet<>(Storable.REF_ORDER))
                    .add(ref));
  }

  /**
   * @return whether it was there
   */
  boolean removeArtifact(Ref ref) {
    removeFromParent(ref);
    derivations.remove(ref);
    unread.remove(ref);
    return artifacts.remove(ref) != null;
  }

  /**
   * @return whether it was there
   */
  boolean removeDocument(Ref ref) {
    MemoryDocument old = documents.remove(ref);
    if (old == null) {
      return false;
    }
    for (Ref target : old.lookups()) {
      dependents.computeIfPresent(
          target.toString(), (t, refs) -> refs.remove(ref) && refs.isEmpty() ? null : refs);
    }
    return true;
  }

  Set<Ref> below(Ref parent) {
    return Set.copyOf(children.getOrDefault(parent, NONE));
  }

  /** Marks what was made of these as stale; each by the text of a dependency. */
  void markStale(Collection<String> changed) {
    for (String target : changed) {
      dependents.getOrDefault(target, Set.of()).forEach(this::markStale);
    }
    scopeDependencies.forEach(
        (scope, targets) -> {
          if (!Collections.disjoint(targets.keySet(), changed)) {
            idsAfter(scope, Optional.empty())
                .map(scope.stream()::ref)
                .toList()
                .forEach(this::markStale);
          }
        });
  }

  private void markStale(Ref ref) {
    derivations.computeIfPresent(ref, (r, derivation) -> derivation.outdated());
  }

  /** Whether some document looked up an item of this kind. */
  boolean isLookedUp(Kind kind) {
    return dependents.keySet().stream().anyMatch(target -> target.startsWith(kind.name() + ":"));
  }

  /** The ids of one scope, in order. */
  Stream<String> idsAfter(Scope scope, Optional<String> after) {
    if (scope.partition().isEmpty()) {
      return refsAfter(artifacts, scope.stream(), after).map(Ref::id);
    }
    return children.getOrDefault(scope.partition().get(), NONE).stream()
        .filter(ref -> ref.kind().equals(scope.stream()))
        .map(Ref::id)
        .filter(id -> after.isEmpty() || Storable.TEXT_ORDER.compare(id, after.get()) > 0);
  }

  /** The refs of one kind, in order. */
  static Stream<Ref> refsAfter(NavigableMap<Ref, ?> all, Kind kind, Optional<String> after) {
    // an id of U+0001 is the first that there can be: none is blank, and U+0000 is replaced
    Ref from = kind.ref(after.orElse("\u0001"));
    return all.tailMap(from, after.isEmpty()).keySet().stream()
        .takeWhile(ref -> ref.kind().equals(kind));
  }

  Set<Principal> readers(Ref ref) {
    return readers(ref, 0).orElse(Set.of());
  }

  private Optional<Set<Principal>> readers(Ref ref, int level) {
    Artifact artifact = artifacts.get(ref);
    if (artifact == null) {
      return Optional.empty();
    }
    Access access = artifact.access();
    return Optional.of(
        access.effective(
            level == LEVELS
                ? Optional.empty()
                : artifact.parent().flatMap(p -> readers(p, level + 1))));
  }

  private void removeFromParent(Ref ref) {
    Artifact old = artifacts.get(ref);
    if (old != null && old.parent().isPresent()) {
      children.computeIfPresent(
          old.parent().get(), (p, refs) -> refs.remove(ref) && refs.isEmpty() ? null : refs);
    }
  }
}
