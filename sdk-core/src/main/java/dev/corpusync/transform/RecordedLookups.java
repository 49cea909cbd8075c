package dev.corpusync.transform;

import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.Json;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.connection.Settings;
import dev.corpusync.document.Identifier;
import dev.corpusync.document.Kind;
import dev.corpusync.document.Ref;
import dev.corpusync.store.Corpus;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Reads references from the store and records each of them, found or not (P9). One for each item
 * that is derived; used by the engine; not for use by two threads.
 *
 * @since 0.1
 */
public final class RecordedLookups implements Lookups {
  private final References references;
  private final Set<Ref> asked = new TreeSet<>();
  private final Map<Ref, Optional<Json>> cache = new HashMap<>();

  /**
   * Where references are read.
   *
   * @param names how each kind of reference is displayed
   */
  public record References(
      Corpus corpus,
      ConnectionKey key,
      Settings settings,
      Map<Kind, Function<Item, String>> names) {
    /** Returns the same with the settings that the names of references read. */
    public References under(Settings others) {
      return new References(corpus, key, others, names);
    }

    private Optional<Json> read(Ref ref) {
      return Optional.ofNullable(corpus.artifacts(key, List.of(ref)).get(ref))
          .map(artifact -> artifact.payload().json());
    }
  }

  public RecordedLookups(References references) {
    this.references = references;
  }

  @Override
  public Optional<Json> find(Kind kind, String id) {
    if (!Identifier.isId(id)) {
      // No reference can be stored under it, now or later: there is nothing to record.
      return Optional.empty();
    }
    Ref ref = kind.ref(id);
    asked.add(ref);
    return cache.computeIfAbsent(ref, references::read);
  }

  @Override
  public Optional<String> name(Kind kind, String id) {
    return Optional.ofNullable(references.names().get(kind))
        .flatMap(
            name ->
                find(kind, id)
                    .map(json -> Item.of(json, Optional.empty(), references.settings()))
                    .map(name));
  }

  /** The references that were asked for, found or not. */
  public Set<Ref> asked() {
    return Collections.unmodifiableSet(asked);
  }
}
