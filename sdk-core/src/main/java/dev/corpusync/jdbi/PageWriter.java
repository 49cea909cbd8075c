package dev.corpusync.jdbi;

import dev.corpusync.artifact.Artifact;
import dev.corpusync.document.Chunk;
import dev.corpusync.document.Kind;
import dev.corpusync.document.Principal;
import dev.corpusync.document.Ref;
import dev.corpusync.store.Derived;
import dev.corpusync.store.ItemWrite;
import dev.corpusync.store.Storable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes the items of a page with a constant number of statements: one to read what is there, at
 * most six to change it.
 */
final class PageWriter {
  private static final String OF_DOCUMENTS =
      "SELECT t.kind, t.id, t.chunk, t.ordinal, t.hash #at{chunk}"
          + " UNION ALL SELECT t.kind, t.id, t.target, -1, '' #at{dependency}";
  private final Session session;
  private final Map<Ref, ItemWrite> items = new LinkedHashMap<>();

  /** A row of {chunk} by its document and key. */
  private record ChunkId(Ref document, String key) {}

  private record ChunkState(long ordinal, String hash) {}

  /** A row of {dependency}. */
  private record Lookup(Ref document, String target) {}

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
    Map<ChunkId, ChunkState> chunks = new HashMap<>();
    Set<Lookup> lookups = new LinkedHashSet<>();
    if (!derived.isEmpty()) {
      session.each(OF_DOCUMENTS, derived.keySet(), row -> read(row, chunks, lookups));
    }
    writes.upsert(Table.ARTIFACT, artifacts);
    List<Object[]> documents = new ArrayList<>(derived.size());
    derived.forEach((ref, d) -> documents.add(document(ref, d)));
    writes.upsert(Table.DOCUMENT, documents);
    writeChunks(writes, derived, chunks);
    writeLookups(writes, derived, lookups);
  }

  private static void read(ResultSet row, Map<ChunkId, ChunkState> chunks, Set<Lookup> lookups)
      throws SQLException {
    Ref document = Kind.of(row.getString(1)).ref(row.getString(2));
    long ordinal = row.getLong(4);
    if (ordinal < 0) {
      lookups.add(new Lookup(document, row.getString(3)));
    } else {
      chunks.put(
          new ChunkId(document, row.getString(3)), new ChunkState(ordinal, row.getString(5)));
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
      Encoding.texts(a.access().readers().stream().map(Principal::toString).toList()),
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
      Encoding.texts(d.missing().stream().sorted().toList()),
      Storable.text(d.document().title()),
      Encoding.fields(d.document().fields())
    };
  }

  private static void writeChunks(
      Writes writes, Map<Ref, Derived> derived, Map<ChunkId, ChunkState> gone) throws SQLException {
    List<Object[]> changed = new ArrayList<>();
    derived.forEach(
        (ref, d) -> {
          Set<ChunkId> written = new LinkedHashSet<>();
          for (Chunk chunk : d.document().chunks()) {
            ChunkId id = new ChunkId(ref, Storable.text(chunk.key()));
            ChunkState now = new ChunkState(written.size(), chunk.hash());
            if (written.add(id) && !now.equals(gone.remove(id))) {
              changed.add(
                  new Object[] {
                    ref.kind().name(),
                    ref.id(),
                    id.key,
                    now.ordinal,
                    now.hash,
                    Storable.text(chunk.text())
                  });
            }
          }
        });
    List<Object[]> removed = new ArrayList<>();
    gone.keySet()
        .forEach(
            id -> removed.add(new Object[] {id.document.kind().name(), id.document.id(), id.key}));
    writes.delete(Table.CHUNK, removed);
    writes.upsert(Table.CHUNK, changed);
  }

  private static void writeLookups(Writes writes, Map<Ref, Derived> derived, Set<Lookup> gone)
      throws SQLException {
    List<Object[]> added = new ArrayList<>();
    derived.forEach(
        (ref, d) -> {
          Set<Lookup> now = new LinkedHashSet<>();
          d.lookups().forEach(target -> now.add(new Lookup(ref, Storable.text(target.toString()))));
          now.stream()
              .filter(lookup -> !gone.remove(lookup))
              .forEach(lookup -> added.add(row(lookup)));
        });
    List<Object[]> removed = new ArrayList<>();
    gone.forEach(lookup -> removed.add(row(lookup)));
    writes.delete(Table.DEPENDENCY, removed);
    writes.upsert(Table.DEPENDENCY, added);
  }

  private static Object[] row(Lookup lookup) {
    return new Object[] {lookup.document.kind().name(), lookup.document.id(), lookup.target};
  }
}
