package dev.corpusync.run;

import dev.corpusync.artifact.Artifact;
import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.Json;
import dev.corpusync.connector.DocumentStream;
import dev.corpusync.connector.ReferenceStream;
import dev.corpusync.document.Access;
import dev.corpusync.document.Chunk;
import dev.corpusync.document.Document;
import dev.corpusync.document.Kind;
import dev.corpusync.document.Ref;
import dev.corpusync.run.AuthorCalls.ItemFailed;
import dev.corpusync.store.Aspect;
import dev.corpusync.store.Derived;
import dev.corpusync.store.ItemWrite;
import dev.corpusync.store.StoredDocument;
import dev.corpusync.transform.Lookups;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Artifact → document, and what of it is new to subscribers (P8, P9). The same for a page and for
 * deriving again.
 */
final class Deriver {
  private final RunContext run;
  private final Map<Kind, ReferenceStream> references;

  Deriver(RunContext run, List<StreamPlan> plans) {
    this.run = run;
    references =
        plans.stream()
            .map(StreamPlan::stream)
            .filter(ReferenceStream.class::isInstance)
            .map(ReferenceStream.class::cast)
            .collect(Collectors.toMap(ReferenceStream::kind, s -> s));
  }

  /**
   * @param item the record with its parts
   * @param access before this, when it was stored
   * @param before its document as stored
   */
  ItemWrite derive(
      StreamPlan plan,
      Artifact artifact,
      Item item,
      Set<String> missing,
      Optional<Access> access,
      Optional<StoredDocument> before)
      throws ItemFailed {
    boolean accessChanged = access.isPresent() && !access.get().equals(artifact.access());
    if (!(plan.stream() instanceof DocumentStream stream)) {
      return new ItemWrite(artifact, Optional.empty(), Optional.empty(), accessChanged);
    }
    Recorded lookups = new Recorded();
    Document document =
        AuthorCalls.ask("transform", () -> stream.transform(item.lenient(), lookups));
    declared(plan, document);
    // Here, and not in the commit, which holds a lock.
    document.metadataHash();
    document.chunks().forEach(Chunk::hash);
    // Another container may mean other readers, even where the thing's own access is the same.
    boolean moved = before.isPresent() && !before.get().parent().equals(artifact.parent());
    Optional<ItemWrite.Event> event = event(document, before, accessChanged || moved);
    return new ItemWrite(
        artifact,
        Optional.of(new Derived(document, plan.version(), lookups.asked, missing)),
        event,
        accessChanged);
  }

  private static void declared(StreamPlan plan, Document document) throws ItemFailed {
    for (String name : document.fields().keySet()) {
      if (!plan.fields().contains(name)) {
        throw new ItemFailed(
            "transform: sets the field '" + name + "', which fields() does not declare");
      }
    }
  }

  private static Optional<ItemWrite.Event> event(
      Document document, Optional<StoredDocument> before, boolean accessChanged) {
    return before.isPresent()
        ? changes(document, before.get(), accessChanged)
        : Optional.of(
            new ItemWrite.Event(EnumSet.of(Aspect.CREATED), keys(document.chunks()), Set.of()));
  }

  private static Optional<ItemWrite.Event> changes(
      Document document, StoredDocument before, boolean accessChanged) {
    Set<Aspect> aspects = EnumSet.noneOf(Aspect.class);
    Map<String, String> old = texts(before.chunks());
    List<Chunk> chunks = document.chunks();
    Map<String, String> now = texts(chunks);
    Set<String> changed = keys(chunks);
    changed.removeIf(key -> Objects.equals(now.get(key), old.get(key)));
    Set<String> removed = new TreeSet<>(old.keySet());
    removed.removeAll(now.keySet());
    if (!changed.isEmpty() || !removed.isEmpty() || !before.chunks().equals(chunks)) {
      aspects.add(Aspect.CONTENT);
    }
    if (!before.metadataHash().equals(document.metadataHash())) {
      aspects.add(Aspect.METADATA);
    }
    if (accessChanged) {
      aspects.add(Aspect.ACCESS);
    }
    return aspects.isEmpty()
        ? Optional.empty()
        : Optional.of(new ItemWrite.Event(aspects, changed, removed));
  }

  private static Set<String> keys(List<Chunk> chunks) {
    Set<String> keys = new TreeSet<>();
    chunks.forEach(chunk -> keys.add(chunk.key()));
    return keys;
  }

  private static Map<String, String> texts(List<Chunk> chunks) {
    return chunks.stream().collect(Collectors.toMap(Chunk::key, Chunk::text));
  }

  /** Reads references from the store and remembers what was asked for, found or not. */
  private final class Recorded implements Lookups {
    private final Set<Ref> asked = new TreeSet<>();
    private final Map<Ref, Optional<Json>> cache = new HashMap<>();

    @Override
    public Optional<Json> find(Kind kind, String id) {
      Ref ref = kind.ref(id);
      asked.add(ref);
      return cache.computeIfAbsent(
          ref,
          r ->
              Optional.ofNullable(run.store().corpus().artifacts(run.key(), List.of(r)).get(r))
                  .map(a -> a.payload().json()));
    }

    @Override
    public Optional<String> name(Kind kind, String id) {
      ReferenceStream stream = references.get(kind);
      return stream == null
          ? Optional.empty()
          : find(kind, id)
              .map(
                  json ->
                      stream.name(Item.of(json, Optional.empty(), run.connection().settings())));
    }
  }
}
