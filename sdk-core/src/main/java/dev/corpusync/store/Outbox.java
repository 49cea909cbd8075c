package dev.corpusync.store;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.document.Ref;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The outbox: change events as committed, with ids and hashes and without content. Within a
 * connection, numbers grow in the order in which commits become visible, so a reader that has seen
 * number n never finds a smaller one later.
 *
 * @since 0.1
 */
public interface Outbox {
  /**
   * One change event of a connection, by its number there. Immutable; a later version may add
   * values.
   */
  final class Event {
    private final long number;
    private final Ref ref;
    private final ItemWrite.Event change;

    private Event(long number, Ref ref, ItemWrite.Event change) {
      this.number = number;
      this.ref = ref;
      this.change = change;
    }

    /** Returns an event that names no chunks. */
    public static Event of(long number, Ref ref, Set<Aspect> aspects) {
      return new Event(number, ref, ItemWrite.Event.of(aspects));
    }

    public Event withChangedChunks(Set<String> keys) {
      return new Event(number, ref, change.withChangedChunks(keys));
    }

    public Event withRemovedChunks(Set<String> keys) {
      return new Event(number, ref, change.withRemovedChunks(keys));
    }

    /** Unique in its connection. */
    public long number() {
      return number;
    }

    public Ref ref() {
      return ref;
    }

    public Set<Aspect> aspects() {
      return change.aspects();
    }

    public Set<String> changedChunks() {
      return change.changedChunks();
    }

    public Set<String> removedChunks() {
      return change.removedChunks();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Event e
          && e.number == number
          && e.ref.equals(ref)
          && e.change.equals(change);
    }

    @Override
    public int hashCode() {
      return Objects.hash(number, ref, change);
    }

    /** Returns number, kind and aspects, without ids and content. */
    @Override
    public String toString() {
      return "Event(" + number + ", " + ref.kind() + ", " + change.aspects() + ")";
    }
  }

  /** How far a subscriber got with one connection. Immutable; a later version may add values. */
  final class Position {
    private final String subscriber;
    private final ConnectionKey key;
    private final String generation;
    private final long acknowledged;
    private final boolean snapshot;
    private final Optional<Ref> snapshotAfter;
    private final boolean disconnected;

    private Position(Builder from) {
      subscriber = from.subscriber;
      key = from.key;
      generation = from.generation;
      acknowledged = from.acknowledged;
      snapshot = from.snapshot;
      snapshotAfter = from.snapshotAfter;
      disconnected = from.disconnected;
    }

    /** Returns a builder of a position before the first event, outside of a snapshot. */
    public static Builder builder(String subscriber, ConnectionKey key, String generation) {
      return new Builder(subscriber, key, generation);
    }

    public String subscriber() {
      return subscriber;
    }

    public ConnectionKey key() {
      return key;
    }

    public String generation() {
      return generation;
    }

    /** The number of the last event that the subscriber acknowledged. */
    public long acknowledged() {
      return acknowledged;
    }

    /** Whether the current state is still being delivered. */
    public boolean snapshot() {
      return snapshot;
    }

    /** The last document of the snapshot that the subscriber acknowledged. */
    public Optional<Ref> snapshotAfter() {
      return snapshotAfter;
    }

    /** Whether the connection was disconnected. */
    public boolean disconnected() {
      return disconnected;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Position p
          && p.subscriber.equals(subscriber)
          && p.key.equals(key)
          && p.generation.equals(generation)
          && p.acknowledged == acknowledged
          && p.snapshot == snapshot
          && p.snapshotAfter.equals(snapshotAfter)
          && p.disconnected == disconnected;
    }

    @Override
    public int hashCode() {
      return Objects.hash(
          subscriber, key, generation, acknowledged, snapshot, snapshotAfter, disconnected);
    }

    @Override
    public String toString() {
      return "Position("
          + subscriber
          + ", "
          + key
          + ", "
          + generation
          + ", "
          + acknowledged
          + (snapshot ? ", snapshot" : "")
          + (disconnected ? ", disconnected)" : ")");
    }

    /** Collects a position. Not for use by two threads. */
    public static final class Builder {
      private final String subscriber;
      private final ConnectionKey key;
      private final String generation;
      private long acknowledged;
      private boolean snapshot;
      private Optional<Ref> snapshotAfter = Optional.empty();
      private boolean disconnected;

      private Builder(String subscriber, ConnectionKey key, String generation) {
        this.subscriber = subscriber;
        this.key = key;
        this.generation = generation;
      }

      public Builder acknowledged(long event) {
        acknowledged = event;
        return this;
      }

      public Builder snapshot(boolean underWay) {
        snapshot = underWay;
        return this;
      }

      public Builder snapshotAfter(Optional<Ref> document) {
        snapshotAfter = document;
        return this;
      }

      public Builder disconnected(boolean gone) {
        disconnected = gone;
        return this;
      }

      public Position build() {
        return new Position(this);
      }
    }
  }

  /**
   * The subscriber's positions in all connections of the tenant, disconnected ones first, then by
   * connection id. A connection that is new to it gets a position at the newest event, in snapshot.
   */
  List<Position> positions(String tenant, String subscriber);

  /**
   * Saves a position that {@link #positions} gave and the subscriber moved; a disconnected one is
   * removed. Moves exactly the position of its tenant, subscriber, connection and generation;
   * ignored where there is none.
   */
  void acknowledge(Position moved);

  /**
   * Makes the subscriber's next {@link #positions} start over with the current state of every
   * connection.
   */
  void startOver(String tenant, String subscriber);

  /**
   * Keeps what a subscriber did not take of a document, in place of what is kept of it already.
   * Ignored if its connection's generation is gone. Erased with the connection, and when the
   * subscriber starts over or is removed.
   */
  void keepUndelivered(UndeliveredChange change);

  /** Removes what is kept of the document of this change, for its subscriber. */
  void removeUndelivered(UndeliveredChange change);

  /**
   * What the subscriber did not take, of all connections of the tenant: by the time of the next
   * attempt, dead letters last, then by connection id and document.
   */
  List<UndeliveredChange> undelivered(String tenant, String subscriber, int limit);

  /** Removes the subscriber with its positions. */
  void unsubscribe(String tenant, String subscriber);

  List<Event> events(ConnectionKey key, long after, int limit);

  /**
   * Deletes events that every subscriber of the tenant has acknowledged; all of them if it has
   * none.
   */
  int purgeAcknowledged(ConnectionKey key);
}
