package dev.corpusync.transform;

import dev.corpusync.document.Chunk;
import dev.corpusync.document.Document;
import dev.corpusync.store.Aspect;
import dev.corpusync.store.ItemWrite;
import dev.corpusync.store.StoredDocument;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Compares a derived document with the stored one: what subscribers are told (P8). Pure functions,
 * used by the engine.
 *
 * @since 0.1
 */
public final class DocumentChanges {
  private DocumentChanges() {}

  /** The event of a document that was not stored before: all its chunks are new. */
  public static ItemWrite.Event created(Document document) {
    Set<String> keys = new TreeSet<>();
    document.chunks().forEach(chunk -> keys.add(chunk.key()));
    return ItemWrite.Event.of(EnumSet.of(Aspect.CREATED)).withChangedChunks(keys);
  }

  /**
   * The event of a document that was stored before; empty when nothing has changed.
   *
   * @param besides aspects that are known to have changed and do not show in the document
   */
  public static Optional<ItemWrite.Event> between(
      StoredDocument before, Document now, Set<Aspect> besides) {
    Set<Aspect> aspects = EnumSet.noneOf(Aspect.class);
    aspects.addAll(besides);
    Map<String, String> unmatched = texts(before.chunks());
    Set<String> changed = new TreeSet<>();
    for (Chunk chunk : now.chunks()) {
      if (!chunk.text().equals(unmatched.remove(chunk.key()))) {
        changed.add(chunk.key());
      }
    }
    Set<String> removed = new TreeSet<>(unmatched.keySet());
    // The same chunks in another order are other content, though none has to be embedded again.
    if (!changed.isEmpty() || !removed.isEmpty() || !before.chunks().equals(now.chunks())) {
      aspects.add(Aspect.CONTENT);
    }
    // By value: a stored hash may have been made in another way.
    if (!before.title().equals(now.title()) || !before.fields().equals(now.fields())) {
      aspects.add(Aspect.METADATA);
    }
    return aspects.isEmpty()
        ? Optional.empty()
        : Optional.of(
            ItemWrite.Event.of(aspects).withChangedChunks(changed).withRemovedChunks(removed));
  }

  private static Map<String, String> texts(List<Chunk> chunks) {
    Map<String, String> texts = new HashMap<>();
    chunks.forEach(chunk -> texts.put(chunk.key(), chunk.text()));
    return texts;
  }
}
