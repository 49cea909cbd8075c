package dev.corpusync.relational;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.document.Kind;
import dev.corpusync.store.Storable;
import dev.corpusync.store.UndeliveredChange;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What subscribers did not take, one row for each document. */
final class SqlUndelivered {
  private static final String OF_SUBSCRIBER =
      " WHERE tenant = :tenant AND subscriber = :subscriber";
  private final Transactions transactions;

  SqlUndelivered(Transactions transactions) {
    this.transactions = transactions;
  }

  /** The lock on the connection keeps a disconnect from ending without seeing the row. */
  void keep(UndeliveredChange change) {
    transactions.write(
        "keep an undelivered change",
        handle ->
            ConnectionRows.bind(
                    change.key(),
                    handle.createUpdate(
                        "INSERT INTO {undelivered} (tenant, connection, subscriber, kind, id, generation, aspects, removed,"
                            + " reason, attempts, first_at, last_at, not_before)"
                            + " SELECT c.tenant, c.id, :subscriber, :kind, :id, c.generation, :aspects, :removed, :reason,"
                            + " :attempts, :first, :last, :not_before FROM {connection} c"
                            + " WHERE c.tenant = :tenant AND c.id = :connection AND c.generation = :generation #share"
                            + " ON CONFLICT (tenant, connection, subscriber, kind, id) DO UPDATE SET"
                            + " generation = excluded.generation, aspects = excluded.aspects, removed = excluded.removed,"
                            + " reason = excluded.reason, attempts = excluded.attempts, first_at = excluded.first_at,"
                            + " last_at = excluded.last_at, not_before = excluded.not_before"))
                .bind("subscriber", Storable.text(change.subscriber()))
                .bind("kind", change.ref().kind().name())
                .bind("id", Storable.text(change.ref().id()))
                .bind("generation", Storable.text(change.generation()))
                .bind("aspects", Encoding.aspects(change.aspects()))
                .bind("removed", Encoding.texts(change.removedChunks()))
                .bind("reason", Storable.text(change.reason()))
                .bind("attempts", (long) change.attempts())
                .bind("first", Encoding.micros(change.first()))
                .bind("last", Encoding.micros(change.last()))
                .bind("not_before", Encoding.micros(change.notBefore()))
                .execute());
  }

  void remove(UndeliveredChange change) {
    transactions.write(
        "remove an undelivered change",
        handle ->
            ConnectionRows.bind(
                    change.key(),
                    handle.createUpdate(
                        "DELETE FROM {undelivered}"
                            + OF_SUBSCRIBER
                            + " AND connection = :connection AND kind = :kind AND id = :id"))
                .bind("subscriber", Storable.text(change.subscriber()))
                .bind("kind", change.ref().kind().name())
                .bind("id", Storable.text(change.ref().id()))
                .execute());
  }

  List<UndeliveredChange> of(String tenant, String subscriber, int limit) {
    return transactions.read(
        "read undelivered changes",
        handle ->
            handle
                .createQuery(
                    "SELECT * FROM {undelivered}"
                        + OF_SUBSCRIBER
                        + " ORDER BY CASE WHEN not_before IS NULL THEN 1 ELSE 0 END, not_before, connection, kind, id"
                        + " LIMIT :limit")
                .bind("tenant", Storable.text(tenant))
                .bind("subscriber", Storable.text(subscriber))
                .bind("limit", limit)
                .map((row, context) -> change(row))
                .list());
  }

  private static UndeliveredChange change(ResultSet row) throws SQLException {
    long notBefore = row.getLong("not_before");
    boolean dead = row.wasNull();
    return UndeliveredChange.builder(
            row.getString("subscriber"),
            new ConnectionKey(row.getString("tenant"), row.getString("connection")),
            row.getString("generation"),
            Kind.of(row.getString("kind")).ref(row.getString("id")))
        .aspects(Encoding.aspects(row.getLong("aspects")))
        .removedChunks(Encoding.texts(row.getString("removed")))
        .reason(row.getString("reason"))
        .attempts((int) row.getLong("attempts"))
        .first(Encoding.time(row.getLong("first_at")))
        .last(Encoding.time(row.getLong("last_at")))
        .notBefore(dead ? Optional.empty() : Optional.of(Encoding.time(notBefore)))
        .build();
  }

  /** Within the transaction of what ends or starts a subscriber. */
  static void clear(Handle handle, String tenant, String subscriber) {
    handle
        .createUpdate("DELETE FROM {undelivered}" + OF_SUBSCRIBER)
        .bind("tenant", tenant)
        .bind("subscriber", subscriber)
        .execute();
  }
}
