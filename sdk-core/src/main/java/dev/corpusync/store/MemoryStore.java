package dev.corpusync.store;

import dev.corpusync.connection.Connection;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.connection.Settings;
import dev.corpusync.sync.Fence;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** One lock, and copies of everything that goes in. */
final class MemoryStore implements Store, Connections, Leases {
  private final Map<ConnectionKey, MemoryConnection> connections = new HashMap<>();
  private final MemoryOutbox outbox = new MemoryOutbox(this, connections);
  private final MemoryCorpus corpus = new MemoryCorpus(this);
  private final MemoryJournal journal = new MemoryJournal(this);
  private final MemorySecrets secrets = new MemorySecrets();

  @Override
  public Committed commit(Commit commit) {
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
    ConnectionKey key = Storable.key(given.key());
    Map<String, String> settings = new TreeMap<>();
    given
        .settings()
        .values()
        .forEach((name, value) -> settings.put(Storable.text(name), Storable.text(value)));
    Connection connection =
        new Connection(
            key,
            Storable.text(given.connector()),
            Storable.text(given.generation()),
            Settings.stored(settings));
    return connections.putIfAbsent(key, new MemoryConnection(connection)) == null;
  }

  @Override
  public Optional<Connection> find(ConnectionKey key) {
    return ask(key, Optional.empty(), in -> Optional.of(in.connection));
  }

  @Override
  public synchronized List<Connection> list(String tenant) {
    return connections.values().stream()
        .map(in -> in.connection)
        .filter(c -> c.key().tenant().equals(Storable.text(tenant)))
        .sorted(Comparator.comparing((Connection c) -> c.key().id(), Storable.TEXT_ORDER))
        .toList();
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
