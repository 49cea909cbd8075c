package dev.corpusync.jdbi;

import dev.corpusync.artifact.Artifact;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.document.Chunk;
import dev.corpusync.document.Principal;
import dev.corpusync.document.Ref;
import dev.corpusync.store.Derived;
import dev.corpusync.store.ItemWrite;
import dev.corpusync.store.Storable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Writes the items of a page with a constant number of statements: two to read what is there, at
 * most eight to change it.
 */
final class PageWriter {
  private final Handle handle;
  private final Dialect dialect;
  private final ConnectionKey key;
  private final Map<Ref, ItemWrite> items = new LinkedHashMap<>();

  /** A row of {chunk} by its document and key. */
  private record ChunkId(Ref document, String key) {}

  private record ChunkState(long ordinal, String hash) {}

  /** A row of {dependency}. */
  private record Lookup(Ref document, String target) {}

  PageWriter(Handle handle, Dialect dialect, ConnectionKey key, Collection<ItemWrite> writes) {
    this.handle = handle;
    this.dialect = dialect;
    this.key = key;
    for (ItemWrite write : writes) {
      Ref ref = Storable.ref(write.artifact().ref());
      // the last of two wins, as one statement cannot touch a row twice; events of both are written
      items.remove(ref);
      items.put(ref, write);
    }
  }

  void write() throws SQLException {
    List<Object[]> artifacts = new ArrayList<>(items.size());
    Map<Ref, Derived> derived = new LinkedHashMap<>();
    items.forEach(
        (ref, item) -> {
          artifacts.add(artifact(ref, item.artifact()));
          item.derived().ifPresent(d -> derived.put(ref, d));
        });
    dialect.upsert(handle.getConnection(), key, Table.ARTIFACT, artifacts);
    if (!derived.isEmpty()) {
      List<Object[]> documents = new ArrayList<>(derived.size());
      derived.forEach((ref, d) -> documents.add(document(ref, d)));
      dialect.upsert(handle.getConnection(), key, Table.DOCUMENT, documents);
      writeChunks(derived);
      writeLookups(derived);
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

  private void writeChunks(Map<Ref, Derived> derived) throws SQLException {
    Map<ChunkId, ChunkState> gone = storedChunks(derived.keySet());
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
    dialect.delete(handle.getConnection(), key, Table.CHUNK, removed);
    dialect.upsert(handle.getConnection(), key, Table.CHUNK, changed);
  }

  private Map<ChunkId, ChunkState> storedChunks(Collection<Ref> refs) {
    Map<ChunkId, ChunkState> stored = new HashMap<>();
    of(refs, "chunk", "t.chunk, t.ordinal, t.hash")
        .map(
            (row, context) ->
                Map.entry(
                    new ChunkId(SqlCorpus.ref(row), row.getString("chunk")),
                    new ChunkState(row.getLong("ordinal"), row.getString("hash"))))
        .forEach(e -> stored.put(e.getKey(), e.getValue()));
    return stored;
  }

  private void writeLookups(Map<Ref, Derived> derived) throws SQLException {
    Set<Lookup> gone = new LinkedHashSet<>();
    of(derived.keySet(), "dependency", "t.target")
        .map((row, context) -> new Lookup(SqlCorpus.ref(row), row.getString("target")))
        .forEach(gone::add);
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
    dialect.delete(handle.getConnection(), key, Table.DEPENDENCY, removed);
    dialect.upsert(handle.getConnection(), key, Table.DEPENDENCY, added);
  }

  private static Object[] row(Lookup lookup) {
    return new Object[] {lookup.document.kind().name(), lookup.document.id(), lookup.target};
  }

  private Query of(Collection<Ref> refs, String table, String columns) {
    Query query = handle.createQuery("SELECT t.kind, t.id, " + columns + " #at{" + table + "}");
    return dialect.bindRefs(SqlConnections.of(key, query), refs);
  }
}
