package dev.corpusync.jdbi;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.document.Access;
import dev.corpusync.document.Chunk;
import dev.corpusync.document.Principal;
import dev.corpusync.document.Ref;
import dev.corpusync.store.Storable;
import dev.corpusync.store.StoredDocument;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Puts documents together within one snapshot: one query for rows, one for chunks, one for each
 * level of containers.
 */
final class DocumentReader {
  static final String COLUMNS =
      "d.kind, d.id, d.title, d.fields, d.metadata_hash, d.missing, a.parent, a.access_mode, a.readers";
  static final String SAME =
      "a.tenant = d.tenant AND a.connection = d.connection AND a.kind = d.kind AND a.id = d.id";

  /** Beyond this an inherited access counts as unknown: nobody (P5). */
  private static final int LEVELS = 8;

  private final Handle handle;
  private final Dialect dialect;
  private final ConnectionKey key;
  private final Map<Ref, Node> nodes = new HashMap<>();

  /** The access of one artifact and where it may be inherited from. */
  private record Node(Ref ref, Optional<Ref> parent, Access access) {
    boolean inherits() {
      return access.mode() == Access.Mode.INHERITED || access.mode() == Access.Mode.INHERITED_AND;
    }
  }

  private record Row(Node node, String title, String fields, String metadataHash, String missing) {}

  DocumentReader(Handle handle, Dialect dialect, ConnectionKey key) {
    this.handle = handle;
    this.dialect = dialect;
    this.key = Storable.key(key);
  }

  /** In the order of the query, which selects {@link #COLUMNS}. */
  List<StoredDocument> read(Query query) {
    List<Row> rows =
        query
            .map(
                (row, context) ->
                    new Row(
                        new Node(
                            SqlCorpus.ref(row),
                            Encoding.ref(row.getString("parent")),
                            SqlCorpus.access(row)),
                        row.getString("title"),
                        row.getString("fields"),
                        row.getString("metadata_hash"),
                        row.getString("missing")))
            .list();
    if (rows.isEmpty()) {
      return List.of();
    }
    rows.forEach(row -> nodes.put(row.node.ref, row.node));
    Map<Ref, List<Chunk>> chunks = chunks(Set.copyOf(nodes.keySet()));
    loadContainers();
    List<StoredDocument> documents = new ArrayList<>();
    for (Row row : rows) {
      documents.add(
          new StoredDocument(
              key,
              row.node.ref,
              row.node.parent,
              row.title,
              Encoding.fields(row.fields),
              List.copyOf(chunks.getOrDefault(row.node.ref, List.of())),
              new TreeSet<>(readers(row.node, 0)),
              row.metadataHash,
              new TreeSet<>(Encoding.texts(row.missing))));
    }
    return documents;
  }

  private Set<Principal> readers(Node node, int level) {
    Optional<Node> container = level == LEVELS ? Optional.empty() : node.parent.map(nodes::get);
    return node.access.effective(
        node.inherits() ? container.map(c -> readers(c, level + 1)) : Optional.empty());
  }

  private void loadContainers() {
    Collection<Node> level = List.copyOf(nodes.values());
    // a container may itself be one of the documents read: its own container is asked for in the
    // same round
    for (int i = 0; i < LEVELS && !level.isEmpty(); i++) {
      Set<Ref> wanted = new HashSet<>();
      level.stream()
          .filter(Node::inherits)
          .forEach(n -> n.parent.filter(p -> !nodes.containsKey(p)).ifPresent(wanted::add));
      level = wanted.isEmpty() ? List.of() : load(wanted);
      level.forEach(n -> nodes.put(n.ref, n));
    }
  }

  private List<Node> load(Set<Ref> refs) {
    String sql =
        "SELECT a.kind, a.id, a.parent, a.access_mode, a.readers FROM #refs"
            + " CROSS JOIN #of{artifact} a";
    return dialect
        .bindRefs(SqlConnections.of(key, handle.createQuery(sql)), refs)
        .map(
            (row, context) ->
                new Node(
                    SqlCorpus.ref(row),
                    Encoding.ref(row.getString("parent")),
                    SqlCorpus.access(row)))
        .list();
  }

  private Map<Ref, List<Chunk>> chunks(Set<Ref> refs) {
    String sql =
        "SELECT c.kind, c.id, c.chunk, c.text FROM #refs CROSS JOIN #of{chunk} c"
            + " ORDER BY c.kind, c.id, c.ordinal";
    Map<Ref, List<Chunk>> chunks = new HashMap<>();
    dialect
        .bindRefs(SqlConnections.of(key, handle.createQuery(sql)), refs)
        .map(
            (row, context) ->
                Map.entry(
                    SqlCorpus.ref(row), new Chunk(row.getString("chunk"), row.getString("text"))))
        .forEach(e -> chunks.computeIfAbsent(e.getKey(), x -> new ArrayList<>()).add(e.getValue()));
    return chunks;
  }
}
