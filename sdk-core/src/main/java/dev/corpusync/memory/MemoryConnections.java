package dev.corpusync.memory;

import dev.corpusync.artifact.Dependency;
import dev.corpusync.connection.Account;
import dev.corpusync.connection.Connection;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.connection.Settings;
import dev.corpusync.document.Identifier;
import dev.corpusync.store.Connections;
import dev.corpusync.store.Leases;
import dev.corpusync.store.Storable;
import dev.corpusync.sync.Fence;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The connections that exist and the leases on them. Locks the store. */
final class MemoryConnections implements Connections, Leases {
  private final MemoryStore store;
  private final Map<ConnectionKey, MemoryConnection> connections;
  private final MemoryOutbox outbox;
  private final MemorySecrets secrets;

  MemoryConnections(
      MemoryStore store,
      Map<ConnectionKey, MemoryConnection> connections,
      MemoryOutbox outbox,
      MemorySecrets secrets) {
    this.store = store;
    this.connections = connections;
    this.outbox = outbox;
    this.secrets = secrets;
  }

  @Override
  public boolean create(Connection given) {
    synchronized (store) {
      Connection connection = storable(given);
      return connections.putIfAbsent(connection.key(), new MemoryConnection(connection)) == null;
    }
  }

  @Override
  public boolean replace(Connection seen, Connection next) {
    synchronized (store) {
      MemoryConnection in = connections.get(Storable.key(seen.key()));
      if (in == null || !in.connection.equals(storable(seen))) {
        return false;
      }
      Connection kept = storable(next);
      in.markStale(
          kept.settings().differing(in.connection.settings()).stream()
              .map(name -> Dependency.setting(name).text())
              .toList());
      in.connection = kept;
      in.fence++;
      in.leasedUntil = null;
      return true;
    }
  }

  private static Connection storable(Connection given) {
    Map<String, String> settings = new TreeMap<>();
    given
        .settings()
        .values()
        .forEach((name, value) -> settings.put(Storable.text(name), Storable.text(value)));
    return new Connection(
        Storable.key(given.key()),
        Storable.text(given.connector()),
        Storable.text(given.generation()),
        Settings.stored(settings),
        given.state(),
        given.account().map(MemoryConnections::storable),
        given.realm(),
        given.removals());
  }

  private static Account storable(Account given) {
    return new Account(
        Storable.text(given.id()),
        Storable.text(given.name()),
        Storable.text(given.site()),
        storable(given.scopes()),
        storable(given.keys()));
  }

  private static Set<String> storable(Set<String> texts) {
    return texts.stream().map(Storable::text).collect(Collectors.toSet());
  }

  @Override
  public List<Connection> unfinished() {
    synchronized (store) {
      return ordered(
          c ->
              c.state() == Connection.State.CONNECTING
                  || c.state() == Connection.State.DISCONNECTING);
    }
  }

  @Override
  public List<Connection> ofAccount(String connector, String name) {
    synchronized (store) {
      return ordered(
          c ->
              c.connector().equals(connector)
                  && c.account().filter(a -> a.keys().contains(name)).isPresent());
    }
  }

  private List<Connection> ordered(Predicate<Connection> which) {
    return connections.values().stream()
        .map(in -> in.connection)
        .filter(which)
        .sorted(
            Comparator.comparing((Connection c) -> c.key().tenant(), Storable.TEXT_ORDER)
                .thenComparing(c -> c.key().id(), Storable.TEXT_ORDER))
        .toList();
  }

  @Override
  public Optional<Connection> find(ConnectionKey key) {
    return store.ask(key, Optional.empty(), in -> Optional.of(in.connection));
  }

  @Override
  public List<Connection> list(String tenant) {
    Identifier.name("a tenant", tenant);
    synchronized (store) {
      return ordered(c -> c.key().tenant().equals(tenant));
    }
  }

  @Override
  public void disconnect(ConnectionKey key) {
    synchronized (store) {
      MemoryConnection gone = connections.remove(Storable.key(key));
      if (gone != null) {
        outbox.disconnect(gone.connection);
        secrets.erase(key);
      }
    }
  }

  @Override
  public Optional<Fence> tryAcquire(ConnectionKey key, Instant now, Instant until) {
    return store.ask(
        key,
        Optional.empty(),
        in -> {
          if (in.leasedUntil != null && in.leasedUntil.isAfter(Storable.time(now))) {
            return Optional.empty();
          }
          in.leasedUntil = Storable.time(until);
          in.fence++;
          return Optional.of(new Fence(in.connection.key(), in.connection.generation(), in.fence));
        });
  }

  @Override
  public Optional<Instant> heldUntil(ConnectionKey key) {
    return store.ask(key, Optional.empty(), in -> Optional.ofNullable(in.leasedUntil));
  }

  @Override
  public boolean renew(Fence fence, Instant until) {
    return store.ask(
        fence.key(),
        false,
        in -> {
          if (in.isNewest(fence)) {
            in.leasedUntil = Storable.time(until);
          }
          return in.isNewest(fence);
        });
  }

  @Override
  public void release(Fence fence) {
    store.ask(
        fence.key(),
        false,
        in -> {
          if (in.isNewest(fence)) {
            in.leasedUntil = null;
          }
          return true;
        });
  }
}
