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
 * Deletes records with everything below them. The database collects them in {work}, since a
 * container may hold more than fits into memory.
 */
final class Cascade {
  private static final String REFS =
      "(SELECT kind || ':' || id FROM {work}" + ConnectionRows.WHERE + ")";
  private static final String PAIRS = "(SELECT kind, id FROM {work}" + ConnectionRows.WHERE + ")";
  private final Handle handle;
  private final Dialect dialect;
  private final ConnectionKey key;

  Cascade(Handle handle, Dialect dialect, ConnectionKey key) {
    this.handle = handle;
    this.dialect = dialect;
    this.key = key;
  }

  /**
   * @return how many artifacts were deleted
   */
  int delete(Commit commit, EventWriter events) {
    collect(roots(commit.deletions()));
    deleteLinked(Table.Link.PARTITION, "partition_key IN " + REFS);
    deleteLinked(Table.Link.STREAM_ID, "(stream, id) IN " + PAIRS);
    deleteLinked(Table.Link.OWNER, "owner IN " + REFS);
    // a record that one page deletes and lists again stays: its item says what changed, so a
    // DELETED event would be wrong
    spare(commit.items().stream().map(item -> item.artifact().ref()).toList());
    events.deleted();
    int artifacts = 0;
    for (Table table : Table.linkedBy(Table.Link.RECORD)) {
      int deleted = deleteRecords(table);
      artifacts += table == Table.ARTIFACT ? deleted : 0;
    }
    StaleMarks.deleted(handle, key);
    clear(handle, key);
    return artifacts;
  }

  /** The records to delete, without those that have moved out of the scope that misses them. */
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
        .bindRefs(ConnectionRows.bind(key, handle.createQuery(sql)), refs)
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
    dialect.bindRefs(ConnectionRows.bind(key, insert), roots).execute();
  }

  private void spare(List<Ref> listed) {
    if (!listed.isEmpty()) {
      Update delete =
          handle.createUpdate(
              "DELETE FROM {work}"
                  + ConnectionRows.WHERE
                  + " AND (kind, id) IN (SELECT r.kind, r.id FROM #refs)");
      dialect.bindRefs(ConnectionRows.bind(key, delete), listed).execute();
    }
  }

  private void deleteLinked(Table.Link link, String condition) {
    for (Table table : Table.linkedBy(link)) {
      String where = ConnectionRows.WHERE + " AND " + condition;
      int gone =
          ConnectionRows.bind(key, handle.createUpdate("DELETE FROM {" + table.id() + "}" + where))
              .execute();
      if (table == Table.HELD && gone > 0) {
        ConnectionRows.bind(key, handle.createUpdate(RunRows.IDS_WITHOUT_PLAN)).execute();
      }
    }
  }

  private int deleteRecords(Table table) {
    String delete = "DELETE FROM {" + table.id() + "} WHERE #work{" + table.id() + "}";
    return ConnectionRows.bind(key, handle.createUpdate(delete)).execute();
  }

  static void clear(Handle handle, ConnectionKey key) {
    ConnectionRows.bind(key, handle.createUpdate("DELETE FROM {work}" + ConnectionRows.WHERE))
        .execute();
  }
}
