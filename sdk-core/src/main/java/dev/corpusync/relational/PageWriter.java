package dev.corpusync.relational;

import dev.corpusync.artifact.Artifact;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.document.Chunk;
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
import org.jdbi.v3.core.Handle;

/**
 * Writes the items of a page with a constant number of statements: one to read what is stored, at
 * most six to change it. Rows are made in plain loops, since the transaction is open meanwhile.
 */
final class PageWriter {
  private static final String OF_DOCUMENTS =
      "WITH known AS (SELECT t.kind, t.id #at{document})"
          + " SELECT t.kind, t.id, t.chunk AS entry, t.ordinal, t.hash FROM known AS r #each{chunk}"
          + " UNION ALL SELECT t.kind, t.id, t.target, -1, '' FROM known AS r #each{dependency}";

  /** The ordinal in a row of {@link #OF_DOCUMENTS} that is a look-up. */
  private static final long NO_CHUNK = -1;

  private final Handle handle;
  private final Dialect dialect;
  private final ConnectionKey key;
  private final Map<Ref, ItemWrite> items = new LinkedHashMap<>();

  private record ChunkState(long ordinal, String hash) {}

  /** What is stored of a document: its chunks by key, what it looked up. */
  private record Before(Map<String, ChunkState> chunks, Set<String> lookups) {
    static final Before NOTHING = new Before(Map.of(), Set.of());
  }

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

  void write(Writes writes) throws SQLException {
    List<Row> artifacts = new ArrayList<>(items.size());
    Map<Ref, Derived> derived = new LinkedHashMap<>();
    items.forEach(
        (ref, item) -> {
          artifacts.add(artifact(ref, item));
          item.derived().ifPresent(d -> derived.put(ref, d));
        });
    Map<Ref, Before> before = derived.isEmpty() ? Map.of() : read(derived.keySet());
    writes.upsert(Table.ARTIFACT, artifacts);
    List<Row> documents = new ArrayList<>(derived.size());
    derived.forEach((ref, d) -> documents.add(document(ref, d)));
    writes.upsert(Table.DOCUMENT, documents);
    writeChunks(writes, derived, before);
    writeLookups(writes, derived, before);
  }

  private Map<Ref, Before> read(Collection<Ref> refs) {
    return dialect
        .bindRefs(ConnectionRows.bind(key, handle.createQuery(OF_DOCUMENTS)), refs)
        .reduceResultSet(
            new HashMap<>(),
            (before, row, context) -> {
              add(row, before);
              return before;
            });
  }

  private static void add(ResultSet row, Map<Ref, Before> before) throws SQLException {
    Before document =
        before.computeIfAbsent(
            SqlCorpus.ref(row), r -> new Before(new HashMap<>(), new HashSet<>()));
    long ordinal = row.getLong("ordinal");
    if (ordinal == NO_CHUNK) {
      document.lookups.add(row.getString("entry"));
    } else {
      document.chunks.put(row.getString("entry"), new ChunkState(ordinal, row.getString("hash")));
    }
  }

  private static Row artifact(Ref ref, ItemWrite item) {
    Artifact a = item.artifact();
    return Table.ARTIFACT
        .row()
        .ref(ref)
        .set("parent", Encoding.ref(a.parent()))
        .set("hash", a.payload().hash())
        .set("revision", Storable.text(a.revision().toString()))
        .set("access_mode", a.access().mode().name())
        .set("readers", Encoding.principals(a.access().readers()))
        .set("derivation", 2L * item.version())
        .set("older", Encoding.older(item.older()))
        .set("payload", a.payload().bytes())
        .set("parts", a.parts().encoded());
  }

  private static Row document(Ref ref, Derived d) {
    Set<String> missing = d.missing().isEmpty() ? d.missing() : new TreeSet<>(d.missing());
    return Table.DOCUMENT
        .row()
        .ref(ref)
        .set("metadata_hash", d.document().metadataHash())
        .set("missing", Encoding.texts(missing))
        .set("title", Storable.text(d.document().title()))
        .set("fields", Encoding.fields(d.document().fields()));
  }

  private static void writeChunks(Writes writes, Map<Ref, Derived> derived, Map<Ref, Before> before)
      throws SQLException {
    List<Row> changed = new ArrayList<>();
    List<Row> removed = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    derived.forEach(
        (ref, d) -> {
          Map<String, ChunkState> old = before.getOrDefault(ref, Before.NOTHING).chunks;
          keys.clear();
          for (Chunk chunk : d.document().chunks()) {
            ChunkState now = new ChunkState(keys.size(), chunk.hash());
            keys.add(chunk.key());
            if (!now.equals(old.get(chunk.key()))) {
              changed.add(
                  chunk(ref, chunk.key())
                      .set("ordinal", now.ordinal)
                      .set("hash", now.hash)
                      .set("text", chunk.text()));
            }
          }
          for (String key : old.keySet()) {
            if (!keys.contains(key)) {
              removed.add(chunk(ref, key));
            }
          }
        });
    writes.delete(Table.CHUNK, removed);
    writes.upsert(Table.CHUNK, changed);
  }

  private static void writeLookups(
      Writes writes, Map<Ref, Derived> derived, Map<Ref, Before> before) throws SQLException {
    List<Row> added = new ArrayList<>();
    List<Row> removed = new ArrayList<>();
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
  private static void addMissing(Ref ref, Set<String> targets, Set<String> others, List<Row> rows) {
    for (String target : targets) {
      if (!others.contains(target)) {
        rows.add(Table.DEPENDENCY.row().ref(ref).set("target", target));
      }
    }
  }

  private static Row chunk(Ref ref, String key) {
    return Table.CHUNK.row().ref(ref).set("chunk", key);
  }
}
