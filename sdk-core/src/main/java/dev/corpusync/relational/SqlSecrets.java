package dev.corpusync.relational;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.document.Identifier;
import dev.corpusync.store.Secrets;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.Update;

/**
 * The rows of {secret} and {claim}. Where {secret_floor} is locked it is locked first, so that no
 * two transactions wait for each other.
 */
final class SqlSecrets implements Secrets {
  private static final String AT = ConnectionRows.WHERE + " AND field = :field";
  private final Transactions transactions;

  SqlSecrets(Transactions transactions) {
    this.transactions = transactions;
  }

  private static <S extends SqlStatement<S>> S at(ConnectionKey key, String field, S statement) {
    return ConnectionRows.bind(key, statement)
        .bind("field", Identifier.name("the field of a secret", field));
  }

  @Override
  public Optional<Sealed> find(ConnectionKey key, String field) {
    return transactions.read(
        "find a secret",
        handle ->
            at(key, field, handle.createQuery("SELECT * FROM {secret}" + AT))
                .map(SqlSecrets::sealed)
                .findOne());
  }

  private static Sealed sealed(java.sql.ResultSet row, StatementContext context)
      throws java.sql.SQLException {
    return new Sealed(
        new ConnectionKey(row.getString("tenant"), row.getString("connection")),
        row.getString("field"),
        row.getLong("version"),
        row.getString("key_id"),
        row.getBytes("sealed"));
  }

  @Override
  public Optional<Long> replace(
      ConnectionKey key, String field, long seen, String keyId, byte[] bytes) {
    return transactions.durable(
        "keep a secret",
        handle -> {
          long version = 1 + (seen == 0 ? floor(handle) : seen);
          String sql =
              seen == 0
                  ? "INSERT INTO {secret} (tenant, connection, field, version, key_id, sealed)"
                      + " VALUES (:tenant, :connection, :field, :version, :keyId, :sealed) ON CONFLICT DO NOTHING"
                  : "UPDATE {secret} SET version = :version, key_id = :keyId, sealed = :sealed"
                      + AT
                      + " AND version = :seen";
          Update write =
              at(key, field, handle.createUpdate(sql))
                  .bind("version", version)
                  .bind("keyId", keyId)
                  .bind("sealed", bytes);
          int written = (seen == 0 ? write : write.bind("seen", seen)).execute();
          return written == 1 ? Optional.of(version) : Optional.empty();
        });
  }

  @Override
  public boolean remove(ConnectionKey key, String field, long seen) {
    return transactions.durable(
        "erase a secret",
        handle -> {
          long floor = floor(handle);
          int removed =
              at(
                      key,
                      field,
                      handle.createUpdate("DELETE FROM {secret}" + AT + " AND version = :seen"))
                  .bind("seen", seen)
                  .execute();
          raise(handle, floor, removed == 1 ? List.of(seen) : List.of());
          return removed == 1;
        });
  }

  @Override
  public void erase(ConnectionKey key) {
    transactions.durable(
        "erase the secrets of a connection",
        handle -> {
          erase(handle, key);
          return true;
        });
  }

  /** Within a transaction. */
  static void erase(Handle handle, ConnectionKey key) {
    long floor = floor(handle);
    List<Long> versions =
        ConnectionRows.bind(
                key,
                handle.createQuery(
                    "DELETE FROM {secret}" + ConnectionRows.WHERE + " RETURNING version"))
            .mapTo(Long.class)
            .list();
    raise(handle, floor, versions);
    ConnectionRows.bind(key, handle.createUpdate("DELETE FROM {claim}" + ConnectionRows.WHERE))
        .execute();
  }

  /** Locked until the end of the transaction, or what is begun might not see what is erased. */
  private static long floor(Handle handle) {
    return handle
        .createQuery("SELECT version FROM {secret_floor} WHERE one = 1 #lock")
        .mapTo(Long.class)
        .one();
  }

  private static void raise(Handle handle, long floor, Collection<Long> erased) {
    long highest = erased.stream().mapToLong(v -> v).max().orElse(floor);
    if (highest > floor) {
      handle
          .createUpdate("UPDATE {secret_floor} SET version = :version WHERE one = 1")
          .bind("version", highest)
          .execute();
    }
  }

  @Override
  public List<Sealed> sealedByOthers(String keyId, int limit) {
    return transactions.read(
        "list secrets of other keys",
        handle ->
            handle
                .createQuery("SELECT * FROM {secret} WHERE key_id <> :keyId LIMIT :limit")
                .bind("keyId", keyId)
                .bind("limit", limit)
                .map(SqlSecrets::sealed)
                .list());
  }

  @Override
  public boolean claim(ConnectionKey key, String field, String owner, Instant now, Instant until) {
    return transactions.write(
        "claim a secret",
        handle ->
            at(
                        key,
                        field,
                        handle.createUpdate(
                            "INSERT INTO {claim} AS t (tenant, connection, field, owner, expires)"
                                + " VALUES (:tenant, :connection, :field, :owner, :until)"
                                + " ON CONFLICT (tenant, connection, field) DO UPDATE"
                                + " SET owner = excluded.owner, expires = excluded.expires"
                                + " WHERE t.owner = excluded.owner OR t.expires <= :now"))
                    .bind("owner", owner)
                    .bind("now", now)
                    .bind("until", until)
                    .execute()
                == 1);
  }

  @Override
  public void release(ConnectionKey key, String field, String owner) {
    transactions.write(
        "release a secret",
        handle ->
            at(key, field, handle.createUpdate("DELETE FROM {claim}" + AT + " AND owner = :owner"))
                .bind("owner", owner)
                .execute());
  }
}
