package dev.corpusync.transform;

import dev.corpusync.artifact.Item;
import dev.corpusync.document.Chunk;
import dev.corpusync.document.Document;
import dev.corpusync.document.Field;
import dev.corpusync.error.ConnectorDefectException;
import dev.corpusync.store.Derived;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Derives documents with one stream's transformer (P9). Used by the engine; connectors and hosts do
 * not need it. Safe for many threads.
 *
 * @param version of the transformer, asked once
 * @param fields the names of its declared fields, asked once
 * @since 0.1
 */
public record Transformation(Transformer transformer, int version, Set<String> fields) {
  public static Transformation of(Transformer transformer) {
    return new Transformation(
        transformer,
        transformer.version(),
        transformer.fields().stream().map(Field::name).collect(Collectors.toUnmodifiableSet()));
  }

  /**
   * Calls the transformer for one item. Whatever it throws passes through.
   *
   * @param item the record with the parts that are known
   * @param lookups for this item only
   * @param missing names of the parts that are unknown
   * @throws ConnectorDefectException when it answers null or sets a field that it does not declare
   */
  public Derived derive(Item item, RecordedLookups lookups, Set<String> missing) {
    Document document = transformer.transform(item.lenient(), lookups);
    if (document == null) {
      throw new ConnectorDefectException("answered null");
    }
    for (String name : document.fields().keySet()) {
      if (!fields.contains(name)) {
        throw new ConnectorDefectException(
            "sets the field '" + name + "', which fields() does not declare");
      }
    }
    // Hashed here and not in the commit, which holds a lock.
    document.metadataHash();
    document.chunks().forEach(Chunk::hash);
    return new Derived(document, version, lookups.asked(), missing);
  }
}
