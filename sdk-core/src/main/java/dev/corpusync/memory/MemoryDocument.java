package dev.corpusync.memory;

import dev.corpusync.document.Chunk;
import dev.corpusync.document.Ref;
import dev.corpusync.store.Derived;
import dev.corpusync.store.Storable;
import dev.corpusync.store.StoredDocument;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A document as the memory store keeps it: everything copied and storable. */
record MemoryDocument(
    String title,
    Map<String, Object> fields,
    List<Chunk> chunks,
    String metadataHash,
    Set<Ref> lookups,
    Set<String> missing) {

  static MemoryDocument of(Derived derived) {
    Map<String, Object> fields = new TreeMap<>();
    derived.document().fields().forEach((name, value) -> fields.put(name, storable(value)));
    Set<Ref> lookups = new TreeSet<>(Storable.REF_ORDER);
    derived.lookups().forEach(ref -> lookups.add(Storable.ref(ref)));
    Set<String> missing = new TreeSet<>();
    derived.missing().forEach(part -> missing.add(Storable.text(part)));
    return new MemoryDocument(
        Storable.text(derived.document().title()),
        fields,
        List.copyOf(derived.document().chunks()),
        derived.document().metadataHash(),
        lookups,
        missing);
  }

  StoredDocument read(MemoryConnection in, Ref ref) {
    return StoredDocument.builder(in.connection.key(), ref)
        .parent(Optional.ofNullable(in.artifacts.get(ref)).flatMap(a -> a.parent()))
        .title(title)
        .fields(new TreeMap<>(fields))
        .chunks(chunks)
        .readers(new TreeSet<>(in.readers(ref)))
        .metadataHash(metadataHash)
        .missing(new TreeSet<>(missing))
        .build();
  }

  private static Object storable(Object value) {
    if (value instanceof String text) {
      return Storable.text(text);
    }
    return value instanceof List<?> list
        ? list.stream().map(v -> Storable.text((String) v)).toList()
        : value;
  }
}
