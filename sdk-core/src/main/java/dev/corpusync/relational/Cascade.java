package dev.corpusync.relational;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.document.Ref;
import dev.corpusync.store.Commit;
import dev.corpusync.store.Storable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/**
 * Deletes things with everything below them, in the database: a container may hold more than fits
 * into memory.
 */
final class Cascade {
  private static final String MINE = " WHERE tenant = :tenant AND connection = :connection";
  private static final String REFS = "(SELECT kind || ':' || id FROM {work}" + MINE + ")";
  private static final String PAIRS = "(SELECT kind, id FROM {work}" + MINE + ")";
  private final Handle handle;
  private final Dialect dialect;
  private final ConnectionKey key;

  Cascade(Handle handle, Dialect dialect, ConnectionKey key) {
    this.handle = handle;
    this.dialect = dialect;
    this.key = key;
  }

  /**
   * @return how many artifacts are gone
   */
  int delete(Commit commit, EventWriter events) {
    collect(roots(commit.deletions()));
    for (String table : List.of("checkpoint", "seen", "held", "failure")) {
      deleteFrom(table, "partition_key IN " + REFS);
    }
    deleteFrom("failure", "(stream, id) IN " + PAIRS);
    deleteFrom("entity_tag", "owner IN " + REFS);
    // what is deleted and listed again in one page stays: its item says what changed, so a DELETED
    // would be wrong
    spare(commit.items().stream().map(item -> item.artifact().ref()).toList());
    events.deleted();
    for (String table : List.of("chunk", "dependency", "document")) {
      gone(table);
    }
    int deleted = gone("artifact");
    clear(handle, key);
    return deleted;
  }

  /** What goes by name: not what lies elsewhere than where it is missed. */
  private List<Ref> roots(List<Commit.Deletion> deletions) {
    Map<Optional<Ref>, List<Ref>> byPlace =
        deletions.stream()
            .collect(
                Collectors.groupingBy(
                    Commit.Deletion::place,
                    Collectors.mapping(d -> Storable.ref(d.ref()), Collectors.toList())));
    Set<Ref> roots = new LinkedHashSet<>();
    byPlace.forEach(
        (place, refs) -> {
          Set<Ref> moved = place.map(from -> moved(from, refs)).orElse(Set.of());
          refs.stream().filter(ref -> !moved.contains(ref)).forEach(roots::add);
        });
    return List.copyOf(roots);
  }

  private Set<Ref> moved(Ref from, List<Ref> refs) {
    String sql = "SELECT t.kind, t.id #at{artifact} AND t.parent <> :place";
    return dialect
        .bindRefs(SqlConnections.of(key, handle.createQuery(sql)), refs)
        .bind("place", Encoding.ref(Optional.of(from)))
        .map((row, context) -> SqlCorpus.ref(row))
        .set();
  }

  private void collect(List<Ref> roots) {
    Update insert =
        handle.createUpdate(
            "INSERT INTO {work} (tenant, connection, kind, id) WITH RECURSIVE doomed(kind, id) AS ("
                + "SELECT r.kind, r.id FROM #refs UNION SELECT t.kind, t.id FROM doomed d #below{d})"
                + " SELECT CAST(:tenant AS TEXT), CAST(:connection AS TEXT), kind, id FROM doomed");
    dialect.bindRefs(SqlConnections.of(key, insert), roots).execute();
  }

  private void spare(List<Ref> listed) {
    if (!listed.isEmpty()) {
      Update delete =
          handle.createUpdate(
              "DELETE FROM {work}" + MINE + " AND (kind, id) IN (SELECT r.kind, r.id FROM #refs)");
      dialect.bindRefs(SqlConnections.of(key, delete), listed).execute();
    }
  }

  private int deleteFrom(String table, String condition) {
    return SqlConnections.of(
            key, handle.createUpdate("DELETE FROM {" + table + "}" + MINE + " AND " + condition))
        .execute();
  }

  private int gone(String table) {
    return SqlConnections.of(
            key, handle.createUpdate("DELETE FROM {" + table + "} WHERE #work{" + table + "}"))
        .execute();
  }

  static void clear(Handle handle, ConnectionKey key) {
    SqlConnections.of(key, handle.createUpdate("DELETE FROM {work}" + MINE)).execute();
  }
}
