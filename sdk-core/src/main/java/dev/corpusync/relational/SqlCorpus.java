package dev.corpusync.relational;

import dev.corpusync.artifact.Artifact;
import dev.corpusync.artifact.Revision;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.document.Access;
import dev.corpusync.document.Kind;
import dev.corpusync.document.Principal;
import dev.corpusync.document.Ref;
import dev.corpusync.store.Corpus;
import dev.corpusync.store.ItemState;
import dev.corpusync.store.Storable;
import dev.corpusync.store.StoredDocument;
import dev.corpusync.sync.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Reads artifacts and documents. A result has the ids that were asked for as keys, which may differ
 * from the stored ones: see {@link Storable}.
 */
final class SqlCorpus implements Corpus {
  private static final String ARTIFACT =
      "t.kind, t.id, t.parent, t.revision, t.payload, t.parts, t.access_mode, t.readers";
  private static final String STATES =
      "SELECT t.id, t.hash, t.revision, t.parent, t.access_mode, t.readers, t.derivation, t.older"
          + " #at{artifact}";
  private static final String WITHIN =
      "WITH RECURSIVE within(kind, id) AS ("
          + "SELECT r.kind, r.id FROM #refs UNION SELECT t.kind, t.id FROM within d #below{d})"
          + " SELECT count(*) FROM {document}"
          + ConnectionRows.WHERE
          + " AND (kind, id) IN (SELECT kind, id FROM within)";
  private final Transactions transactions;

  SqlCorpus(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public Map<String, ItemState> states(ConnectionKey key, Kind kind, Collection<String> ids) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    Map<String, ItemState> stored = new HashMap<>();
    transactions.read(
        "look up what is stored",
        handle ->
            byRefs(handle, key, ids.stream().map(kind::ref).toList(), STATES)
                .reduceResultSet(
                    stored,
                    (all, row, context) -> {
                      all.put(row.getString("id"), state(row));
                      return all;
                    }));
    Map<String, ItemState> found = new LinkedHashMap<>();
    ids.forEach(
        id -> Optional.ofNullable(stored.get(Storable.text(id))).ifPresent(k -> found.put(id, k)));
    return found;
  }

  private static ItemState state(ResultSet row) throws SQLException {
    long derivation = row.getLong("derivation");
    return ItemState.builder()
        .hash(row.getString("hash"))
        .revision(Revision.parse(row.getString("revision")))
        .parent(Encoding.ref(row.getString("parent")))
        .access(access(row))
        .version((int) (derivation / 2))
        .stale(derivation % 2 == 1)
        .older(Encoding.older(row.getString("older")))
        .build();
  }

  static Access access(ResultSet row) throws SQLException {
    List<Principal> readers =
        Encoding.texts(row.getString("readers")).stream().map(Principal::parse).toList();
    return Access.stored(StoredEnums.accessMode(row.getString("access_mode")), readers);
  }

  @Override
  public Map<Ref, Artifact> artifacts(ConnectionKey key, Collection<Ref> refs) {
    return refs.isEmpty()
        ? Map.of()
        : transactions.read("read artifacts", handle -> artifacts(handle, key, refs));
  }

  private Map<Ref, Artifact> artifacts(Handle handle, ConnectionKey key, Collection<Ref> refs) {
    Map<Ref, Artifact> stored = new HashMap<>();
    byRefs(handle, key, refs, "SELECT " + ARTIFACT + " #at{artifact}")
        .map((row, context) -> artifact(row))
        .forEach(a -> stored.put(a.ref(), a));
    return asAsked(refs, stored);
  }

  private Query byRefs(Handle handle, ConnectionKey key, Collection<Ref> refs, String sql) {
    return transactions.dialect().bindRefs(ConnectionRows.bind(key, handle.createQuery(sql)), refs);
  }

  /** Puts the refs that were asked for in place of the stored ones. */
  private static <T> Map<Ref, T> asAsked(Collection<Ref> refs, Map<Ref, T> stored) {
    Map<Ref, T> found = new LinkedHashMap<>();
    refs.forEach(
        ref ->
            Optional.ofNullable(stored.get(Storable.ref(ref))).ifPresent(x -> found.put(ref, x)));
    return found;
  }

  private static Artifact artifact(ResultSet row) throws SQLException {
    return Artifact.stored(
        ref(row),
        Encoding.ref(row.getString("parent")),
        Revision.parse(row.getString("revision")),
        row.getBytes("payload"),
        row.getBytes("parts"),
        access(row));
  }

  static Ref ref(ResultSet row) throws SQLException {
    return Kind.of(row.getString("kind")).ref(row.getString("id"));
  }

  @Override
  public List<Artifact> artifactsAfter(
      ConnectionKey key, Kind kind, Optional<String> afterId, int limit) {
    return transactions.read(
        "list artifacts",
        handle ->
            ConnectionRows.bind(
                    key,
                    handle.createQuery(
                        "SELECT "
                            + ARTIFACT
                            + " FROM {artifact} t"
                            + ConnectionRows.WHERE
                            + " AND kind = :kind AND id > :after ORDER BY id LIMIT :limit"))
                .bind("kind", kind.name())
                .bind("after", afterId.orElse(""))
                .bind("limit", limit)
                .map((row, context) -> artifact(row))
                .list());
  }

  @Override
  public List<String> idsAfter(
      ConnectionKey key, Scope scope, Optional<String> afterId, int limit) {
    return transactions.read(
        "list the ids of a scope",
        handle ->
            inScope(handle, key, scope, "SELECT id", " AND id > :after ORDER BY id LIMIT :limit")
                .bind("after", afterId.orElse(""))
                .bind("limit", limit)
                .mapTo(String.class)
                .list());
  }

  @Override
  public int count(ConnectionKey key, Scope scope) {
    return transactions.read(
        "count a scope",
        handle -> inScope(handle, key, scope, "SELECT count(*)", "").mapTo(Integer.class).one());
  }

  @Override
  public int documentsWithin(ConnectionKey key, Collection<Ref> refs) {
    return refs.isEmpty()
        ? 0
        : transactions.read(
            "count the documents of a deletion",
            handle -> byRefs(handle, key, refs, WITHIN).mapTo(Integer.class).one());
  }

  private static Query inScope(
      Handle handle, ConnectionKey key, Scope scope, String select, String condition) {
    // parent <> '' tells the planner that the partial index serves
    String partition =
        scope.partition().isPresent() ? " AND parent = :partition AND parent <> ''" : "";
    Query query =
        handle.createQuery(
            select
                + " FROM {artifact}"
                + ConnectionRows.WHERE
                + " AND kind = :kind"
                + partition
                + condition);
    ConnectionRows.bind(key, query).bind("kind", scope.stream().name());
    return partition.isEmpty() ? query : query.bind("partition", scope.partitionKey());
  }

  @Override
  public List<Artifact> stale(
      ConnectionKey key, Kind kind, int version, Optional<String> afterId, int limit) {
    return transactions.read(
        "list what must be derived again",
        handle -> {
          List<String> ids = new ArrayList<>();
          for (long derivation : derivations(handle)) {
            if (derivation != 2L * version) {
              ids.addAll(derived(handle, key, kind, derivation, afterId, limit));
            }
          }
          List<Ref> refs =
              ids.stream().sorted(Storable.TEXT_ORDER).limit(limit).map(kind::ref).toList();
          return refs.isEmpty() ? List.of() : List.copyOf(artifacts(handle, key, refs).values());
        });
  }

  /**
   * The few distinct values of all connections, by skipping through the index instead of reading
   * it.
   */
  private static List<Long> derivations(Handle handle) {
    String least = "SELECT min(derivation) FROM {artifact}";
    return handle
        .createQuery(
            "WITH RECURSIVE v(derivation) AS ("
                + least
                + " UNION ALL SELECT ("
                + least
                + " WHERE derivation > v.derivation) FROM v WHERE v.derivation IS NOT NULL)"
                + " SELECT derivation FROM v WHERE derivation IS NOT NULL")
        .mapTo(Long.class)
        .list();
  }

  private static List<String> derived(
      Handle handle,
      ConnectionKey key,
      Kind kind,
      long derivation,
      Optional<String> afterId,
      int limit) {
    return ConnectionRows.bind(
            key,
            handle.createQuery(
                "SELECT id FROM {artifact}"
                    + ConnectionRows.WHERE
                    + " AND kind = :kind AND derivation = :derivation AND id > :after ORDER BY id LIMIT :limit"))
        .bind("kind", kind.name())
        .bind("derivation", derivation)
        .bind("after", afterId.orElse(""))
        .bind("limit", limit)
        .mapTo(String.class)
        .list();
  }

  @Override
  public boolean isLookedUp(ConnectionKey key, Kind kind) {
    // the order by the index's first column keeps a planner from reading the whole connection
    return transactions.read(
        "find out whether a kind is looked up",
        handle ->
            ConnectionRows.bind(
                    key,
                    handle.createQuery(
                        "SELECT target FROM {dependency}"
                            + ConnectionRows.WHERE
                            + " AND target >= :from AND target < :to ORDER BY target LIMIT 1"))
                // ';' is the character after ':'
                .bind("from", kind.name() + ":")
                .bind("to", kind.name() + ";")
                .mapTo(String.class)
                .findOne()
                .isPresent());
  }

  @Override
  public Map<Ref, StoredDocument> documents(ConnectionKey key, Collection<Ref> refs) {
    if (refs.isEmpty()) {
      return Map.of();
    }
    return transactions.read(
        "read documents",
        handle -> {
          Query query =
              byRefs(handle, key, refs, "SELECT " + DocumentReader.COLUMNS + " #at{document}");
          Map<Ref, StoredDocument> stored = new HashMap<>();
          new DocumentReader(handle, transactions.dialect(), key)
              .read(query)
              .forEach(d -> stored.put(d.ref(), d));
          return asAsked(refs, stored);
        });
  }

  @Override
  public List<StoredDocument> documentsAfter(ConnectionKey key, Optional<Ref> after, int limit) {
    return transactions.read(
        "list documents",
        handle -> {
          Query query =
              ConnectionRows.bind(
                      key,
                      handle.createQuery(
                          "SELECT "
                              + DocumentReader.COLUMNS
                              + " FROM {document} t"
                              + ConnectionRows.WHERE
                              + " AND (kind, id) > (:kind, :id) ORDER BY kind, id LIMIT :limit"))
                  .bind("kind", after.map(r -> r.kind().name()).orElse(""))
                  .bind("id", after.map(Ref::id).orElse(""))
                  .bind("limit", limit);
          return new DocumentReader(handle, transactions.dialect(), key).read(query);
        });
  }
}
