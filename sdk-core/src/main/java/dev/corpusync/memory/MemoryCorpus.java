package dev.corpusync.memory;

import dev.corpusync.artifact.Artifact;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.document.Kind;
import dev.corpusync.document.Ref;
import dev.corpusync.store.Corpus;
import dev.corpusync.store.ItemState;
import dev.corpusync.store.Storable;
import dev.corpusync.store.StoredDocument;
import dev.corpusync.sync.Scope;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Answers under the keys that were asked for, which may differ from the stored ones: see {@link
 * Storable}.
 */
final class MemoryCorpus implements Corpus {
  private final MemoryStore store;

  MemoryCorpus(MemoryStore store) {
    this.store = store;
  }

  @Override
  public Map<String, ItemState> states(ConnectionKey key, Kind kind, Collection<String> ids) {
    return store.ask(
        key,
        Map.of(),
        in -> {
          Map<String, ItemState> found = new LinkedHashMap<>();
          for (String id : ids) {
            Artifact artifact = in.artifacts.get(Storable.ref(kind.ref(id)));
            if (artifact != null) {
              found.put(
                  id, known(artifact, Objects.requireNonNull(in.derivations.get(artifact.ref()))));
            }
          }
          return found;
        });
  }

  private static ItemState known(Artifact artifact, MemoryDerivation derivation) {
    return ItemState.builder()
        .hash(artifact.payload().hash())
        .revision(artifact.revision())
        .parent(artifact.parent())
        .access(artifact.access())
        .version(derivation.version())
        .stale(derivation.stale())
        .older(derivation.older())
        .build();
  }

  @Override
  public Map<Ref, Artifact> artifacts(ConnectionKey key, Collection<Ref> refs) {
    return store.ask(
        key,
        Map.of(),
        in -> {
          Map<Ref, Artifact> found = new LinkedHashMap<>();
          refs.forEach(
              ref ->
                  Optional.ofNullable(in.artifacts.get(Storable.ref(ref)))
                      .ifPresent(a -> found.put(ref, copy(a))));
          return found;
        });
  }

  @Override
  public List<Artifact> artifactsAfter(
      ConnectionKey key, Kind kind, Optional<String> afterId, int limit) {
    return artifacts(key, kind, afterId, limit, (in, ref) -> true);
  }

  @Override
  public List<String> idsAfter(
      ConnectionKey key, Scope scope, Optional<String> afterId, int limit) {
    return store.ask(
        key,
        List.of(),
        in ->
            in.idsAfter(Storable.scope(scope), afterId.map(Storable::text)).limit(limit).toList());
  }

  @Override
  public int count(ConnectionKey key, Scope scope) {
    return store.ask(
        key, 0, in -> (int) in.idsAfter(Storable.scope(scope), Optional.empty()).count());
  }

  @Override
  public int documentsWithin(ConnectionKey key, Collection<Ref> refs) {
    return store.ask(
        key,
        0,
        in -> {
          Set<Ref> within = new HashSet<>();
          refs.forEach(ref -> collect(in, Storable.ref(ref), within));
          return (int) within.stream().filter(in.documents::containsKey).count();
        });
  }

  private static void collect(MemoryConnection in, Ref ref, Set<Ref> within) {
    if (within.add(ref)) {
      in.below(ref).forEach(child -> collect(in, child, within));
    }
  }

  @Override
  public List<Artifact> stale(
      ConnectionKey key, Kind kind, int version, Optional<String> afterId, int limit) {
    return artifacts(
        key,
        kind,
        afterId,
        limit,
        (in, ref) ->
            Optional.ofNullable(in.derivations.get(ref))
                .filter(derivation -> derivation.isDue(version))
                .isPresent());
  }

  @Override
  public boolean isLookedUp(ConnectionKey key, Kind kind) {
    return store.ask(key, false, in -> in.isLookedUp(kind));
  }

  @Override
  public Map<Ref, StoredDocument> documents(ConnectionKey key, Collection<Ref> refs) {
    return store.ask(
        key,
        Map.of(),
        in -> {
          Map<Ref, StoredDocument> found = new LinkedHashMap<>();
          for (Ref ref : refs) {
            MemoryDocument document = in.documents.get(Storable.ref(ref));
            if (document != null) {
              found.put(ref, document.read(in, Storable.ref(ref)));
            }
          }
          return found;
        });
  }

  @Override
  public List<StoredDocument> documentsAfter(ConnectionKey key, Optional<Ref> after, int limit) {
    return store.ask(
        key,
        List.of(),
        in ->
            after
                .map(ref -> in.documents.tailMap(Storable.ref(ref), false))
                .orElse(in.documents)
                .entrySet()
                .stream()
                .limit(limit)
                .map(e -> e.getValue().read(in, e.getKey()))
                .toList());
  }

  /** A filter on what is stored under a ref. */
  private interface Filter {
    boolean test(MemoryConnection in, Ref ref);
  }

  private List<Artifact> artifacts(
      ConnectionKey key, Kind kind, Optional<String> afterId, int limit, Filter filter) {
    return store.ask(
        key,
        List.of(),
        in -> {
          Predicate<Ref> wanted = ref -> filter.test(in, ref);
          return MemoryConnection.refsAfter(in.artifacts, kind, afterId.map(Storable::text))
              .filter(wanted)
              .limit(limit)
              .map(ref -> copy(Objects.requireNonNull(in.artifacts.get(ref))))
              .toList();
        });
  }

  /** A tree that was read once is shared and could be changed, so each reader gets its own. */
  private static Artifact copy(Artifact a) {
    return Artifact.stored(
        a.ref(), a.parent(), a.revision(), a.payload().bytes(), a.parts().encoded(), a.access());
  }
}
