package dev.corpusync.relational;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.document.Identifier;
import dev.corpusync.document.Kind;
import dev.corpusync.store.Outbox;
import dev.corpusync.store.UndeliveredChange;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Events, and how far each subscriber got with them. */
final class SqlOutbox implements Outbox {
  private static final String OF_SUBSCRIBER =
      " WHERE tenant = :tenant AND subscriber = :subscriber";
  private final Transactions transactions;
  private final SqlUndelivered undelivered;

  SqlOutbox(Transactions transactions) {
    this.transactions = transactions;
    undelivered = new SqlUndelivered(transactions);
  }

  @Override
  public List<Position> positions(String tenant, String subscriber) {
    named(tenant, subscriber);
    return transactions.write(
        "read the positions of a subscriber",
        handle -> {
          restart(handle, tenant, subscriber);
          meet(handle, tenant, subscriber);
          return handle
              .createQuery(
                  "SELECT * FROM {subscriber}"
                      + OF_SUBSCRIBER
                      + " ORDER BY disconnected DESC, connection, generation")
              .bind("tenant", tenant)
              .bind("subscriber", subscriber)
              .map(
                  (row, context) ->
                      Outbox.Position.builder(
                              row.getString("subscriber"),
                              new ConnectionKey(
                                  row.getString("tenant"), row.getString("connection")),
                              row.getString("generation"))
                          .acknowledged(row.getLong("acknowledged"))
                          .snapshot(row.getLong("snapshot") == 1)
                          .snapshotAfter(Encoding.ref(row.getString("snapshot_after")))
                          .disconnected(row.getLong("disconnected") == 1)
                          .build())
              .list();
        });
  }

  private static void restart(Handle handle, String tenant, String subscriber) {
    handle
        .createUpdate("DELETE FROM {subscriber}" + OF_SUBSCRIBER + " AND restart = 1")
        .bind("tenant", tenant)
        .bind("subscriber", subscriber)
        .execute();
  }

  /**
   * The lock on each new connection keeps a disconnect from finishing without seeing the position
   * that it must turn into a note.
   */
  private static void meet(Handle handle, String tenant, String subscriber) {
    handle
        .createUpdate(
            "INSERT INTO {subscriber} (tenant, subscriber, connection, generation, acknowledged, snapshot, snapshot_after, disconnected, restart)"
                + " SELECT c.tenant, :subscriber, c.id, c.generation, c.last_event, 1, '', 0, 0 FROM {connection} c WHERE c.tenant = :tenant"
                + " AND NOT EXISTS (SELECT 1 FROM {subscriber} s WHERE s.tenant = :tenant AND s.subscriber = :subscriber"
                + " AND s.connection = c.id AND s.generation = c.generation) #share ON CONFLICT DO NOTHING")
        .bind("tenant", tenant)
        .bind("subscriber", subscriber)
        .execute();
  }

  @Override
  public void acknowledge(Position moved) {
    String same = OF_SUBSCRIBER + " AND connection = :connection AND generation = :generation";
    transactions.write(
        "acknowledge changes",
        handle -> {
          if (moved.disconnected()) {
            return ConnectionRows.bind(
                    moved.key(),
                    handle.createUpdate(
                        "DELETE FROM {subscriber}" + same + " AND disconnected = 1"))
                .bind("subscriber", moved.subscriber())
                .bind("generation", moved.generation())
                .execute();
          }
          return ConnectionRows.bind(
                  moved.key(),
                  handle.createUpdate(
                      "UPDATE {subscriber} SET acknowledged = :acknowledged, snapshot = :snapshot, snapshot_after = :after"
                          + same
                          + " AND disconnected = 0 AND restart = 0"))
              .bind("subscriber", moved.subscriber())
              .bind("generation", moved.generation())
              .bind("acknowledged", moved.acknowledged())
              .bind("snapshot", moved.snapshot() ? 1 : 0)
              .bind("after", Encoding.ref(moved.snapshotAfter()))
              .execute();
        });
  }

  /**
   * Marked and not changed, so that a delivery under way cannot acknowledge its old position over
   * the new beginning.
   */
  @Override
  public void startOver(String tenant, String subscriber) {
    named(tenant, subscriber);
    transactions.write(
        "start a subscriber over",
        handle -> {
          SqlUndelivered.clear(handle, tenant, subscriber);
          return handle
              .createUpdate(
                  "UPDATE {subscriber} SET restart = 1" + OF_SUBSCRIBER + " AND disconnected = 0")
              .bind("tenant", tenant)
              .bind("subscriber", subscriber)
              .execute();
        });
  }

  private static void named(String tenant, String subscriber) {
    Identifier.name("a tenant", tenant);
    Identifier.name("a subscriber", subscriber);
  }

  @Override
  public void unsubscribe(String tenant, String subscriber) {
    named(tenant, subscriber);
    transactions.write(
        "unsubscribe",
        handle -> {
          SqlUndelivered.clear(handle, tenant, subscriber);
          return handle
              .createUpdate("DELETE FROM {subscriber}" + OF_SUBSCRIBER)
              .bind("tenant", tenant)
              .bind("subscriber", subscriber)
              .execute();
        });
  }

  @Override
  public void keepUndelivered(UndeliveredChange change) {
    undelivered.keep(change);
  }

  @Override
  public void removeUndelivered(UndeliveredChange change) {
    undelivered.remove(change);
  }

  @Override
  public List<UndeliveredChange> undelivered(String tenant, String subscriber, int limit) {
    return undelivered.of(tenant, subscriber, limit);
  }

  @Override
  public List<Event> events(ConnectionKey key, long after, int limit) {
    return transactions.read(
        "read changes",
        handle ->
            ConnectionRows.bind(
                    key,
                    handle.createQuery(
                        "SELECT * FROM {event}"
                            + ConnectionRows.WHERE
                            + " AND number > :after ORDER BY number LIMIT :limit"))
                .bind("after", after)
                .bind("limit", limit)
                .map(
                    (row, context) ->
                        Outbox.Event.of(
                                row.getLong("number"),
                                Kind.of(row.getString("kind")).ref(row.getString("id")),
                                Encoding.aspects(row.getLong("aspects")))
                            .withChangedChunks(Encoding.texts(row.getString("changed")))
                            .withRemovedChunks(Encoding.texts(row.getString("removed"))))
                .list());
  }

  @Override
  public int purgeAcknowledged(ConnectionKey key) {
    return transactions.write(
        "purge acknowledged changes",
        handle ->
            ConnectionRows.bind(
                    key,
                    handle.createUpdate(
                        "DELETE FROM {event}"
                            + ConnectionRows.WHERE
                            + " AND number <= COALESCE("
                            + "(SELECT min(acknowledged) FROM {subscriber}"
                            + ConnectionRows.WHERE
                            + " AND disconnected = 0 AND restart = 0),"
                            + " (SELECT last_event FROM {connection} WHERE tenant = :tenant AND id = :connection))"))
                .execute());
  }
}
