package dev.corpusync.memory;

import dev.corpusync.connection.Connection;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.document.Identifier;
import dev.corpusync.store.Outbox;
import dev.corpusync.store.Storable;
import dev.corpusync.store.UndeliveredChange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Positions of subscribers, and the events of each connection. Locks the store. */
final class MemoryOutbox implements Outbox {
  private static final Comparator<Kept> ORDER =
      Comparator.<Kept, Boolean>comparing(k -> !k.position.disconnected())
          .thenComparing(k -> k.position.key().id(), Storable.TEXT_ORDER);

  private final MemoryStore store;
  private final Map<ConnectionKey, MemoryConnection> connections;
  private final List<Kept> kept = new ArrayList<>();
  private final MemoryUndelivered undelivered = new MemoryUndelivered();

  /**
   * @param restart set until positions are asked for again: what was read before then must not be
   *     acknowledged over it
   */
  private record Kept(Position position, boolean restart) {
    boolean is(String tenant, String subscriber) {
      return position.key().tenant().equals(Storable.text(tenant))
          && position.subscriber().equals(Storable.text(subscriber));
    }

    boolean isOf(Connection connection) {
      return position.key().equals(connection.key())
          && position.generation().equals(connection.generation());
    }
  }

  MemoryOutbox(MemoryStore store, Map<ConnectionKey, MemoryConnection> connections) {
    this.store = store;
    this.connections = connections;
  }

  @Override
  public List<Position> positions(String tenant, String subscriber) {
    named(tenant, subscriber);
    synchronized (store) {
      for (MemoryConnection in : connections.values()) {
        if (in.connection.key().tenant().equals(Storable.text(tenant))) {
          meet(in, subscriber);
        }
      }
      return kept.stream()
          .filter(k -> k.is(tenant, subscriber))
          .sorted(ORDER)
          .map(Kept::position)
          .toList();
    }
  }

  private void meet(MemoryConnection in, String subscriber) {
    Connection c = in.connection;
    boolean known =
        kept.stream().anyMatch(k -> k.is(c.key().tenant(), subscriber) && k.isOf(c) && !k.restart);
    if (!known) {
      kept.removeIf(k -> k.is(c.key().tenant(), subscriber) && k.isOf(c));
      kept.add(
          new Kept(
              Outbox.Position.builder(Storable.text(subscriber), c.key(), c.generation())
                  .acknowledged(in.lastEvent)
                  .snapshot(true)
                  .build(),
              false));
    }
  }

  @Override
  public void acknowledge(Position moved) {
    Position next =
        Outbox.Position.builder(
                Storable.text(moved.subscriber()),
                Storable.key(moved.key()),
                Storable.text(moved.generation()))
            .acknowledged(moved.acknowledged())
            .snapshot(moved.snapshot())
            .snapshotAfter(moved.snapshotAfter().map(Storable::ref))
            .disconnected(moved.disconnected())
            .build();
    synchronized (store) {
      if (next.disconnected()) {
        kept.removeIf(k -> isSame(k, next));
      } else {
        kept.replaceAll(k -> isSame(k, next) && !k.restart ? new Kept(next, false) : k);
      }
    }
  }

  private static boolean isSame(Kept k, Position p) {
    return k.is(p.key().tenant(), p.subscriber())
        && k.position.key().equals(p.key())
        && k.position.generation().equals(p.generation())
        && k.position.disconnected() == p.disconnected();
  }

  @Override
  public void startOver(String tenant, String subscriber) {
    named(tenant, subscriber);
    synchronized (store) {
      undelivered.clear(tenant, subscriber);
      kept.replaceAll(
          k ->
              k.is(tenant, subscriber) && !k.position.disconnected()
                  ? new Kept(k.position, true)
                  : k);
    }
  }

  private static void named(String tenant, String subscriber) {
    Identifier.name("a tenant", tenant);
    Identifier.name("a subscriber", subscriber);
  }

  @Override
  public void keepUndelivered(UndeliveredChange change) {
    store.ask(
        change.key(),
        false,
        in -> {
          if (in.connection.generation().equals(Storable.text(change.generation()))) {
            undelivered.keep(change);
          }
          return true;
        });
  }

  @Override
  public void removeUndelivered(UndeliveredChange change) {
    synchronized (store) {
      undelivered.remove(change);
    }
  }

  @Override
  public List<UndeliveredChange> undelivered(String tenant, String subscriber, int limit) {
    synchronized (store) {
      return undelivered.of(tenant, subscriber, limit);
    }
  }

  @Override
  public void unsubscribe(String tenant, String subscriber) {
    named(tenant, subscriber);
    synchronized (store) {
      undelivered.clear(tenant, subscriber);
      kept.removeIf(k -> k.is(tenant, subscriber));
    }
  }

  @Override
  public List<Event> events(ConnectionKey key, long after, int limit) {
    return store.ask(
        key,
        List.of(),
        in -> in.events.tailMap(after, false).values().stream().limit(limit).toList());
  }

  @Override
  public int purgeAcknowledged(ConnectionKey key) {
    return store.ask(
        key,
        0,
        in -> {
          long done =
              kept.stream()
                  .filter(k -> k.isOf(in.connection) && !k.restart)
                  .mapToLong(k -> k.position.acknowledged())
                  .min()
                  .orElse(in.lastEvent);
          int before = in.events.size();
          in.events.headMap(done, true).clear();
          return before - in.events.size();
        });
  }

  /**
   * Called under the lock: one note for each subscriber that knew the connection, in place of older
   * ones.
   */
  void disconnect(Connection gone) {
    undelivered.erase(gone.key());
    List<Kept> knew = kept.stream().filter(k -> k.isOf(gone)).toList();
    for (Kept k : knew) {
      Position p = k.position;
      kept.removeIf(
          other ->
              other.is(gone.key().tenant(), p.subscriber())
                  && other.position.key().equals(gone.key()));
      kept.add(
          new Kept(
              Outbox.Position.builder(p.subscriber(), p.key(), p.generation())
                  .acknowledged(p.acknowledged())
                  .disconnected(true)
                  .build(),
              false));
    }
  }
}
