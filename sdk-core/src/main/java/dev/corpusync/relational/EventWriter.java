package dev.corpusync.relational;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.document.Ref;
import dev.corpusync.store.Aspect;
import dev.corpusync.store.ItemWrite;
import dev.corpusync.store.Storable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/**
 * Numbers the events of one commit under the lock of its connection, so that they become visible in
 * the order of their numbers.
 */
final class EventWriter {
  private static final String IN_WORK =
      " AND (kind, id) IN (SELECT kind, id FROM {work}" + ConnectionRows.WHERE + ")";
  private final Handle handle;
  private final Dialect dialect;
  private final ConnectionKey key;
  private final Writes writes;
  private long last;

  EventWriter(Handle handle, Dialect dialect, ConnectionKey key, long last, Writes writes) {
    this.writes = writes;
    this.handle = handle;
    this.dialect = dialect;
    this.key = key;
    this.last = last;
  }

  /** The newest number given. */
  long last() {
    return last;
  }

  /** One event for each document in {work}. */
  void deleted() {
    last += numbered("", Aspect.DELETED).execute();
  }

  void items(List<ItemWrite> items) throws SQLException {
    long base = last;
    List<Row> rows = new ArrayList<>();
    Set<Ref> containers = new LinkedHashSet<>();
    for (ItemWrite item : items) {
      Ref ref = Storable.ref(item.artifact().ref());
      item.event().ifPresent(event -> rows.add(row(ref, event)));
      if (item.accessChanged()) {
        containers.add(ref);
      }
    }
    writes.upsert(Table.EVENT, rows);
    if (!containers.isEmpty()) {
      writes.send();
      inherited(containers, base);
    }
  }

  private Row row(Ref ref, ItemWrite.Event event) {
    last++;
    return Table.EVENT
        .row()
        .set("number", last)
        .ref(ref)
        .set("aspects", Encoding.aspects(event.aspects()))
        .set("changed", Encoding.texts(event.changedChunks()))
        .set("removed", Encoding.texts(event.removedChunks()));
  }

  /**
   * Tells of everything whose readers come from the containers; what has an event in this commit
   * already gets the aspect added to it.
   */
  private void inherited(Set<Ref> containers, long base) {
    String inherits = " WHERE t.access_mode IN ('INHERITED', 'INHERITED_AND')";
    Update collect =
        handle.createUpdate(
            "INSERT INTO {work} (tenant, connection, kind, id) WITH RECURSIVE heir(kind, id, level) AS ("
                + "SELECT t.kind, t.id, 1 FROM #refs #below{r}"
                + inherits
                + " UNION SELECT t.kind, t.id, h.level + 1 FROM heir h #below{h}"
                + inherits
                + " AND h.level < 8) SELECT DISTINCT CAST(:tenant AS TEXT), CAST(:connection AS TEXT), kind, id FROM heir");
    int heirs = dialect.bindRefs(ConnectionRows.bind(key, collect), containers).execute();
    if (heirs > 0) {
      ConnectionRows.bind(
              key,
              handle.createUpdate(
                  "UPDATE {event} SET aspects = aspects | :access"
                      + ConnectionRows.WHERE
                      + " AND number > :base AND (aspects & :whole) = 0"
                      + IN_WORK))
          .bind("access", Encoding.aspects(EnumSet.of(Aspect.ACCESS)))
          .bind("whole", Encoding.aspects(EnumSet.of(Aspect.CREATED, Aspect.DELETED)))
          .bind("base", base)
          .execute();
      String without =
          " AND (t.kind, t.id) NOT IN (SELECT kind, id FROM {event}"
              + ConnectionRows.WHERE
              + " AND number > :base)";
      last += numbered(without, Aspect.ACCESS).bind("base", base).execute();
      Cascade.clear(handle, key);
    }
  }

  private Update numbered(String condition, Aspect aspect) {
    Update insert =
        handle.createUpdate(
            "INSERT INTO {event} (tenant, connection, number, kind, id, aspects, changed, removed)"
                + " SELECT t.tenant, t.connection, :last + row_number() OVER (ORDER BY t.kind, t.id), t.kind, t.id, :aspects, '[]', '[]'"
                + " #listed{document}"
                + condition);
    return ConnectionRows.bind(key, insert)
        .bind("last", last)
        .bind("aspects", Encoding.aspects(EnumSet.of(aspect)));
  }
}
