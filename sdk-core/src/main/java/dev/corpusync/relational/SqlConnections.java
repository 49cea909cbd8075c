package dev.corpusync.relational;

import dev.corpusync.connection.Account;
import dev.corpusync.connection.Connection;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.connection.Settings;
import dev.corpusync.document.Identifier;
import dev.corpusync.document.Realm;
import dev.corpusync.store.Connections;
import dev.corpusync.store.Leases;
import dev.corpusync.store.Storable;
import dev.corpusync.sync.Fence;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The rows of {connection}: what exists, and who may work on it. */
final class SqlConnections implements Connections, Leases {
  private final Transactions transactions;

  SqlConnections(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public boolean create(Connection connection) {
    return transactions.write(
        "create a connection",
        handle ->
            ConnectionRows.bind(
                        connection.key(),
                        handle.createUpdate(
                            "INSERT INTO {connection} (tenant, id, connector, generation, settings, state, account, realm, fence, last_event)"
                                + " VALUES (:tenant, :connection, :connector, :generation, :settings, :state, :account, :realm, 0, 0)"
                                + " ON CONFLICT DO NOTHING"))
                    .bind("connector", connection.connector())
                    .bind("generation", connection.generation())
                    .bind("settings", Encoding.settings(connection.settings().values()))
                    .bind("state", connection.state().name())
                    .bind("account", Encoding.account(connection.account()))
                    .bind("realm", realm(connection))
                    .execute()
                == 1);
  }

  @Override
  public boolean replace(Connection seen, Connection next) {
    return transactions.write(
        "change a connection",
        handle -> {
          int changed =
              ConnectionRows.bind(
                      seen.key(),
                      handle.createUpdate(
                          "UPDATE {connection} SET settings = :settings, state = :state, account = :account,"
                              + " removals = :removals,"
                              + " fence = fence + 1, lease_until = NULL"
                              + " WHERE tenant = :tenant AND id = :connection AND generation = :generation"
                              + " AND settings = :old_settings AND state = :old_state AND account = :old_account"))
                  .bind("generation", seen.generation())
                  .bind("settings", Encoding.settings(next.settings().values()))
                  .bind("state", next.state().name())
                  .bind("account", Encoding.account(next.account()))
                  .bind("removals", next.removals().name())
                  .bind("old_settings", Encoding.settings(seen.settings().values()))
                  .bind("old_state", seen.state().name())
                  .bind("old_account", Encoding.account(seen.account()))
                  .execute();
          if (changed == 1 && !seen.account().equals(next.account())) {
            name(handle, next);
          }
          Set<String> settings = next.settings().differing(seen.settings());
          if (changed == 1 && !settings.isEmpty()) {
            StaleMarks.reconfigured(handle, seen.key(), settings);
          }
          return changed == 1;
        });
  }

  /** What webhooks call it. */
  private static void name(Handle handle, Connection connection) {
    ConnectionRows.bind(
            connection.key(),
            handle.createUpdate(
                "DELETE FROM {account_key} WHERE tenant = :tenant AND connection = :connection"))
        .execute();
    for (String name : connection.account().map(Account::keys).orElse(Set.of())) {
      ConnectionRows.bind(
              connection.key(),
              handle.createUpdate(
                  "INSERT INTO {account_key} (tenant, connection, connector, name)"
                      + " VALUES (:tenant, :connection, :connector, :name)"))
          .bind("connector", connection.connector())
          .bind("name", name)
          .execute();
    }
  }

  @Override
  public List<Connection> unfinished() {
    return transactions.read(
        "list unfinished connections",
        handle ->
            handle
                .createQuery(
                    "SELECT * FROM {connection} WHERE state IN ('CONNECTING', 'DISCONNECTING')"
                        + " ORDER BY tenant, id")
                .map((row, context) -> connection(row))
                .list());
  }

  @Override
  public List<Connection> ofAccount(String connector, String name) {
    if (!Identifier.isId(name)) {
      return List.of();
    }
    return transactions.read(
        "find the connections of an account",
        handle ->
            handle
                .createQuery(
                    "SELECT c.* FROM {account_key} k JOIN {connection} c"
                        + " ON c.tenant = k.tenant AND c.id = k.connection"
                        + " WHERE k.name = :name AND k.connector = :connector"
                        + " ORDER BY c.tenant, c.id")
                .bind("name", name)
                .bind("connector", connector)
                .map((row, context) -> connection(row))
                .list());
  }

  @Override
  public Optional<Connection> find(ConnectionKey key) {
    return transactions.read(
        "find a connection",
        handle ->
            ConnectionRows.bind(
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
                .bind("tenant", Identifier.name("a tenant", tenant))
                .map((row, context) -> connection(row))
                .list());
  }

  /** Blank for its own, which is what a connection of an earlier version has. */
  private static String realm(Connection connection) {
    boolean own = connection.realm().equals(Realm.ofConnection(connection.key().id()));
    return own ? "" : connection.realm().name();
  }

  private static Connection connection(ResultSet row) throws SQLException {
    ConnectionKey key = new ConnectionKey(row.getString("tenant"), row.getString("id"));
    String realm = row.getString("realm");
    return new Connection(
        key,
        row.getString("connector"),
        row.getString("generation"),
        Settings.stored(Encoding.settings(row.getString("settings"))),
        StoredEnums.connectionState(row.getString("state")),
        Encoding.account(row.getString("account")),
        realm.isEmpty() ? Realm.ofConnection(key.id()) : new Realm(realm),
        StoredEnums.removals(row.getString("removals")));
  }

  @Override
  public void disconnect(ConnectionKey key) {
    transactions.erase(
        "disconnect a connection",
        handle -> {
          // the row goes first: its lock waits for a commit under way and makes the next one find
          // no connection
          Optional<String> generation =
              ConnectionRows.bind(
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
          for (Table table : Table.ownedBy(Table.Owner.CONNECTION)) {
            ConnectionRows.bind(
                    key,
                    handle.createUpdate("DELETE FROM {" + table.id() + "}" + ConnectionRows.WHERE))
                .execute();
          }
          // last: it locks what all connections share
          SqlSecrets.erase(handle, key);
          return true;
        });
  }

  /** One note for each subscriber that knew the connection, in place of older ones. */
  private static void depart(Handle handle, ConnectionKey key, String generation) {
    ConnectionRows.bind(
            key,
            handle.createUpdate(
                "DELETE FROM {subscriber} WHERE tenant = :tenant AND connection = :connection AND generation <> :generation"
                    + " AND subscriber IN (SELECT subscriber FROM {subscriber}"
                    + " WHERE tenant = :tenant AND connection = :connection AND generation = :generation)"))
        .bind("generation", generation)
        .execute();
    ConnectionRows.bind(
            key,
            handle.createUpdate(
                "UPDATE {subscriber} SET disconnected = 1, snapshot = 0, snapshot_after = '', restart = 0"
                    + " WHERE tenant = :tenant AND connection = :connection AND generation = :generation"))
        .bind("generation", generation)
        .execute();
  }

  @Override
  public Optional<Fence> tryAcquire(ConnectionKey key, Instant now, Instant until) {
    return transactions.write(
        "acquire a lease",
        handle ->
            ConnectionRows.bind(
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
  public Optional<Instant> heldUntil(ConnectionKey key) {
    return transactions.read(
        "see who holds a lease",
        handle ->
            ConnectionRows.bind(
                    key,
                    handle.createQuery(
                        "SELECT lease_until FROM {connection} WHERE tenant = :tenant AND id = :connection"
                            + " AND lease_until IS NOT NULL"))
                .mapTo(Long.class)
                .findOne()
                .map(Encoding::time));
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
    return ConnectionRows.bind(
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
