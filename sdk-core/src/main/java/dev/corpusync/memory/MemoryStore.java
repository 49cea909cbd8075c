package dev.corpusync.memory;

import dev.corpusync.connection.Account;
import dev.corpusync.connection.Connection;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.connection.Settings;
import dev.corpusync.store.Checkpoints;
import dev.corpusync.store.Commit;
import dev.corpusync.store.CommitResult;
import dev.corpusync.store.Connections;
import dev.corpusync.store.Corpus;
import dev.corpusync.store.Journal;
import dev.corpusync.store.Leases;
import dev.corpusync.store.Outbox;
import dev.corpusync.store.Secrets;
import dev.corpusync.store.Storable;
import dev.corpusync.store.Store;
import dev.corpusync.sync.Fence;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A store in memory, for tests and for trying things out. It copies what goes in and what comes
 * out, and is empty again with each process. Safe for use by many threads: one lock.
 */
public final class MemoryStore implements Store, Connections, Leases {
  private final Map<ConnectionKey, MemoryConnection> connections = new HashMap<>();
  private final MemoryOutbox outbox = new MemoryOutbox(this, connections);
  private final MemoryCorpus corpus = new MemoryCorpus(this);
  private final MemoryJournal journal = new MemoryJournal(this);
  private final MemorySecrets secrets = new MemorySecrets();

  private MemoryStore() {}

  /** Opens a new, empty store. */
  public static Store open() {
    return new MemoryStore();
  }

  @Override
  public CommitResult commit(Commit commit) {
    MemoryCommit prepared = new MemoryCommit(commit);
    synchronized (this) {
      return prepared.apply(connections.get(Storable.key(commit.fence().key())));
    }
  }

  /** Runs a question on one connection under the lock. */
  synchronized <T> T ask(ConnectionKey key, T absent, Function<MemoryConnection, T> question) {
    MemoryConnection in = connections.get(Storable.key(key));
    return in == null ? absent : question.apply(in);
  }

  @Override
  public synchronized boolean create(Connection given) {
    Connection connection = storable(given);
    return connections.putIfAbsent(connection.key(), new MemoryConnection(connection)) == null;
  }

  @Override
  public synchronized boolean replace(Connection seen, Connection next) {
    MemoryConnection in = connections.get(Storable.key(seen.key()));
    if (in == null || !in.connection.equals(storable(seen))) {
      return false;
    }
    in.connection = storable(next);
    in.fence++;
    in.leasedUntil = null;
    return true;
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
        given.account().map(MemoryStore::storable));
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
  public synchronized List<Connection> unfinished() {
    return ordered(
        c ->
            c.state() == Connection.State.CONNECTING
                || c.state() == Connection.State.DISCONNECTING);
  }

  @Override
  public synchronized List<Connection> ofAccount(String connector, String name) {
    return ordered(
        c ->
            c.connector().equals(Storable.text(connector))
                && c.account().filter(a -> a.keys().contains(Storable.text(name))).isPresent());
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
    return ask(key, Optional.empty(), in -> Optional.of(in.connection));
  }

  @Override
  public synchronized List<Connection> list(String tenant) {
    return ordered(c -> c.key().tenant().equals(Storable.text(tenant)));
  }

  @Override
  public synchronized void disconnect(ConnectionKey key) {
    MemoryConnection gone = connections.remove(Storable.key(key));
    if (gone != null) {
      outbox.depart(gone.connection);
      secrets.erase(key);
    }
  }

  @Override
  public Optional<Fence> tryAcquire(ConnectionKey key, Instant now, Instant until) {
    return ask(
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
  public boolean renew(Fence fence, Instant until) {
    return ask(
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
    ask(
        fence.key(),
        false,
        in -> {
          if (in.isNewest(fence)) {
            in.leasedUntil = null;
          }
          return true;
        });
  }

  @Override
  public Connections connections() {
    return this;
  }

  @Override
  public Leases leases() {
    return this;
  }

  @Override
  public Corpus corpus() {
    return corpus;
  }

  @Override
  public Checkpoints checkpoints() {
    return journal;
  }

  @Override
  public Journal journal() {
    return journal;
  }

  @Override
  public Outbox outbox() {
    return outbox;
  }

  @Override
  public Secrets secrets() {
    return secrets;
  }

  @Override
  public void close() {
    // nothing was opened
  }
}
