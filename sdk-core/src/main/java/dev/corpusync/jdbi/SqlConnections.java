package dev.corpusync.jdbi;

import dev.corpusync.connection.Connection;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.connection.Settings;
import dev.corpusync.store.Connections;
import dev.corpusync.store.Leases;
import dev.corpusync.store.Storable;
import dev.corpusync.sync.Fence;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** The rows of {connection}: what exists, and who may work on it. */
final class SqlConnections implements Connections, Leases {
  private static final List<String> TABLES =
      List.of(
          "artifact",
          "document",
          "chunk",
          "dependency",
          "event",
          "progress",
          "seen",
          "failure",
          "held",
          "run",
          "validator");

  private final Transactions transactions;

  SqlConnections(Transactions transactions) {
    this.transactions = transactions;
  }

  /** Binds tenant and connection. */
  static <S extends SqlStatement<S>> S of(ConnectionKey key, S statement) {
    return statement.bind("tenant", key.tenant()).bind("connection", key.id());
  }

  @Override
  public boolean create(Connection connection) {
    return transactions.write(
        "create a connection",
        handle ->
            of(
                        connection.key(),
                        handle.createUpdate(
                            "INSERT INTO {connection} (tenant, id, connector, generation, settings, fence, last_event)"
                                + " VALUES (:tenant, :connection, :connector, :generation, :settings, 0, 0) ON CONFLICT DO NOTHING"))
                    .bind("connector", connection.connector())
                    .bind("generation", connection.generation())
                    .bind("settings", Encoding.settings(connection.settings().values()))
                    .execute()
                == 1);
  }

  @Override
  public Optional<Connection> find(ConnectionKey key) {
    return transactions.read(
        "find a connection",
        handle ->
            of(
                    key,
                    handle.createQuery(
                        "SELECT * FROM {connection} WHERE tenant = :tenant AND id = :connection"))
                .map((row, context) -> connection(row))
                .findOne());
  }

  @Override
  public List<Connection> list(String tenant) {
    return transactions.read(
        "list connections",
        handle ->
            handle
                .createQuery("SELECT * FROM {connection} WHERE tenant = :tenant ORDER BY id")
                .bind("tenant", tenant)
                .map((row, context) -> connection(row))
                .list());
  }

  private static Connection connection(ResultSet row) throws SQLException {
    return new Connection(
        new ConnectionKey(row.getString("tenant"), row.getString("id")),
        row.getString("connector"),
        row.getString("generation"),
        Settings.stored(Encoding.settings(row.getString("settings"))));
  }

  @Override
  public void disconnect(ConnectionKey key) {
    transactions.erase(
        "disconnect a connection",
        handle -> {
          // the row goes first: its lock waits for a commit under way and makes the next one find
          // no connection
          Optional<String> generation =
              of(
                      key,
                      handle.createQuery(
                          "DELETE FROM {connection} WHERE tenant = :tenant AND id = :connection RETURNING generation"))
                  .mapTo(String.class)
                  .findOne();
          if (generation.isEmpty()) {
            // nothing is kept without its connection, and one that is created meanwhile must keep
            // its rows
            return false;
          }
          depart(handle, key, generation.get());
          for (String table : TABLES) {
            of(
                    key,
                    handle.createUpdate(
                        "DELETE FROM {"
                            + table
                            + "} WHERE tenant = :tenant AND connection = :connection"))
                .execute();
          }
          // last: it locks what all connections share
          SqlSecrets.erase(handle, key);
          return true;
        });
  }

  /** One note for each subscriber that knew the connection, in place of older ones. */
  private static void depart(Handle handle, ConnectionKey key, String generation) {
    of(
            key,
            handle.createUpdate(
                "DELETE FROM {subscriber} WHERE tenant = :tenant AND connection = :connection AND generation <> :generation"
                    + " AND subscriber IN (SELECT subscriber FROM {subscriber}"
                    + " WHERE tenant = :tenant AND connection = :connection AND generation = :generation)"))
        .bind("generation", generation)
        .execute();
    of(
            key,
            handle.createUpdate(
                "UPDATE {subscriber} SET departed = 1, snapshot = 0, snapshot_after = '', restart = 0"
                    + " WHERE tenant = :tenant AND connection = :connection AND generation = :generation"))
        .bind("generation", generation)
        .execute();
  }

  @Override
  public Optional<Fence> tryAcquire(ConnectionKey key, Instant now, Instant until) {
    return transactions.write(
        "acquire a lease",
        handle ->
            of(
                    key,
                    handle.createQuery(
                        "UPDATE {connection} SET fence = fence + 1, lease_until = :until WHERE tenant = :tenant AND id = :connection"
                            + " AND (lease_until IS NULL OR lease_until <= :now) RETURNING generation, fence"))
                .bind("now", now)
                .bind("until", until)
                .map(
                    (row, context) ->
                        new Fence(
                            Storable.key(key), row.getString("generation"), row.getLong("fence")))
                .findOne());
  }

  @Override
  public boolean renew(Fence fence, Instant until) {
    return transactions.write(
        "renew a lease",
        handle -> lease(handle, fence, ":until").bind("until", until).execute() == 1);
  }

  @Override
  public void release(Fence fence) {
    transactions.write("release a lease", handle -> lease(handle, fence, "NULL").execute());
  }

  private static org.jdbi.v3.core.statement.Update lease(Handle handle, Fence fence, String until) {
    return of(
            fence.key(),
            handle.createUpdate(
                "UPDATE {connection} SET lease_until = "
                    + until
                    + " WHERE tenant = :tenant AND id = :connection"
                    + " AND generation = :generation AND fence = :fence"))
        .bind("generation", fence.generation())
        .bind("fence", fence.number());
  }
}
