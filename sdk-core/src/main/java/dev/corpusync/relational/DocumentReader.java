package dev.corpusync.relational;

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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Puts documents together within one snapshot: one query for rows, one for chunks, one for each
 * level of containers.
 */
final class DocumentReader {
  static final String COLUMNS = "t.kind, t.id, t.title, t.fields, t.metadata_hash, t.missing";

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

  private record Row(Ref ref, String title, String fields, String metadataHash, String missing) {}

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
                        SqlCorpus.ref(row),
                        row.getString("title"),
                        row.getString("fields"),
                        row.getString("metadata_hash"),
                        row.getString("missing")))
            .list();
    if (rows.isEmpty()) {
      return List.of();
    }
    Set<Ref> refs = rows.stream().map(Row::ref).collect(Collectors.toSet());
    Map<Ref, List<Chunk>> chunks = chunks(refs);
    load(refs).forEach(node -> nodes.put(node.ref, node));
    loadContainers();
    List<StoredDocument> documents = new ArrayList<>();
    for (Row row : rows) {
      // every document is stored with its artifact, by one statement each of one transaction
      Node node = Objects.requireNonNull(nodes.get(row.ref));
      documents.add(
          StoredDocument.builder(key, row.ref)
              .parent(node.parent)
              .title(row.title)
              .fields(Encoding.fields(row.fields))
              .chunks(List.copyOf(chunks.getOrDefault(row.ref, List.of())))
              .readers(new TreeSet<>(readers(node, 0)))
              .metadataHash(row.metadataHash)
              .missing(new TreeSet<>(Encoding.texts(row.missing)))
              .build());
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
    String sql = "SELECT t.kind, t.id, t.parent, t.access_mode, t.readers #at{artifact}";
    return dialect
        .bindRefs(ConnectionRows.bind(key, handle.createQuery(sql)), refs)
        .map(
            (row, context) ->
                new Node(
                    SqlCorpus.ref(row),
                    Encoding.ref(row.getString("parent")),
                    SqlCorpus.access(row)))
        .list();
  }

  private Map<Ref, List<Chunk>> chunks(Set<Ref> refs) {
    String sql = "SELECT t.kind, t.id, t.chunk, t.text #at{chunk} ORDER BY t.kind, t.id, t.ordinal";
    Map<Ref, List<Chunk>> chunks = new HashMap<>();
    dialect
        .bindRefs(ConnectionRows.bind(key, handle.createQuery(sql)), refs)
        .map(
            (row, context) ->
                Map.entry(
                    SqlCorpus.ref(row), new Chunk(row.getString("chunk"), row.getString("text"))))
        .forEach(e -> chunks.computeIfAbsent(e.getKey(), x -> new ArrayList<>()).add(e.getValue()));
    return chunks;
  }
}
