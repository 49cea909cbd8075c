package dev.corpusync.relational;

import dev.corpusync.artifact.Artifact;
import dev.corpusync.document.Chunk;
import dev.corpusync.document.Kind;
import dev.corpusync.document.Ref;
import dev.corpusync.store.Derived;
import dev.corpusync.store.ItemWrite;
import dev.corpusync.store.Storable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Writes the items of a page with a constant number of statements: one to read what is there, at
 * most six to change it. Rows are made in plain loops, since the transaction is open meanwhile.
 */
final class PageWriter {
  private static final String OF_DOCUMENTS =
      "WITH known AS (SELECT t.kind, t.id #at{document})"
          + " SELECT t.kind, t.id, t.chunk, t.ordinal, t.hash FROM known AS r #each{chunk}"
          + " UNION ALL SELECT t.kind, t.id, t.target, -1, '' FROM known AS r #each{dependency}";
  private final Session session;
  private final Map<Ref, ItemWrite> items = new LinkedHashMap<>();

  private record ChunkState(long ordinal, String hash) {}

  /** What is stored of a document: its chunks by key, what it looked up. */
  private record Before(Map<String, ChunkState> chunks, Set<String> lookups) {
    static final Before NOTHING = new Before(Map.of(), Set.of());
  }

  PageWriter(Session session, Collection<ItemWrite> writes) {
    this.session = session;
    for (ItemWrite write : writes) {
      Ref ref = Storable.ref(write.artifact().ref());
      // the last of two wins, as one statement cannot touch a row twice; events of both are written
      items.remove(ref);
      items.put(ref, write);
    }
  }

  void write(Writes writes) throws SQLException {
    List<Object[]> artifacts = new ArrayList<>(items.size());
    Map<Ref, Derived> derived = new LinkedHashMap<>();
    items.forEach(
        (ref, item) -> {
          artifacts.add(artifact(ref, item.artifact()));
          item.derived().ifPresent(d -> derived.put(ref, d));
        });
    Map<Ref, Before> before = new HashMap<>();
    if (!derived.isEmpty()) {
      session.each(OF_DOCUMENTS, derived.keySet(), row -> read(row, before));
    }
    writes.upsert(Table.ARTIFACT, artifacts);
    List<Object[]> documents = new ArrayList<>(derived.size());
    derived.forEach((ref, d) -> documents.add(document(ref, d)));
    writes.upsert(Table.DOCUMENT, documents);
    writeChunks(writes, derived, before);
    writeLookups(writes, derived, before);
  }

  private static void read(ResultSet row, Map<Ref, Before> before) throws SQLException {
    Ref ref = Kind.of(row.getString(1)).ref(row.getString(2));
    Before document =
        before.computeIfAbsent(ref, r -> new Before(new HashMap<>(), new HashSet<>()));
    long ordinal = row.getLong(4);
    if (ordinal < 0) {
      document.lookups.add(row.getString(3));
    } else {
      document.chunks.put(row.getString(3), new ChunkState(ordinal, row.getString(5)));
    }
  }

  private static Object[] artifact(Ref ref, Artifact a) {
    return new Object[] {
      ref.kind().name(),
      ref.id(),
      Encoding.ref(a.parent()),
      a.payload().hash(),
      Storable.text(a.revision().toString()),
      a.access().mode().name(),
      Encoding.principals(a.access().readers()),
      a.payload().bytes(),
      a.parts().encoded()
    };
  }

  private static Object[] document(Ref ref, Derived d) {
    return new Object[] {
      ref.kind().name(),
      ref.id(),
      2L * d.version(),
      d.document().metadataHash(),
      Encoding.texts(d.missing().isEmpty() ? d.missing() : new TreeSet<>(d.missing())),
      Storable.text(d.document().title()),
      Encoding.fields(d.document().fields())
    };
  }

  private static void writeChunks(Writes writes, Map<Ref, Derived> derived, Map<Ref, Before> before)
      throws SQLException {
    List<Object[]> changed = new ArrayList<>();
    List<Object[]> removed = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    derived.forEach(
        (ref, d) -> {
          Map<String, ChunkState> old = before.getOrDefault(ref, Before.NOTHING).chunks;
          keys.clear();
          for (Chunk chunk : d.document().chunks()) {
            ChunkState now = new ChunkState(keys.size(), chunk.hash());
            keys.add(chunk.key());
            if (!now.equals(old.get(chunk.key()))) {
              changed.add(row(ref, chunk.key(), now.ordinal, now.hash, chunk.text()));
            }
          }
          for (String key : old.keySet()) {
            if (!keys.contains(key)) {
              removed.add(row(ref, key));
            }
          }
        });
    writes.delete(Table.CHUNK, removed);
    writes.upsert(Table.CHUNK, changed);
  }

  private static void writeLookups(
      Writes writes, Map<Ref, Derived> derived, Map<Ref, Before> before) throws SQLException {
    List<Object[]> added = new ArrayList<>();
    List<Object[]> removed = new ArrayList<>();
    derived.forEach(
        (ref, d) -> {
          Set<String> old = before.getOrDefault(ref, Before.NOTHING).lookups;
          Set<String> now = new LinkedHashSet<>();
          d.lookups().forEach(target -> now.add(Storable.text(target.toString())));
          addMissing(ref, now, old, added);
          addMissing(ref, old, now, removed);
        });
    writes.delete(Table.DEPENDENCY, removed);
    writes.upsert(Table.DEPENDENCY, added);
  }

  /** A row for each target that the other set lacks. */
  private static void addMissing(
      Ref ref, Set<String> targets, Set<String> others, List<Object[]> rows) {
    for (String target : targets) {
      if (!others.contains(target)) {
        rows.add(row(ref, target));
      }
    }
  }

  private static Object[] row(Ref ref, Object... others) {
    Object[] row = new Object[2 + others.length];
    row[0] = ref.kind().name();
    row[1] = ref.id();
    System.arraycopy(others, 0, row, 2, others.length);
    return row;
  }
}
