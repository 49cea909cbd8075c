package dev.corpusync.store;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.document.Ref;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Change events as committed: ids and hashes, no content. Within a connection, numbers grow in the
 * order in which commits become visible, so a reader that has seen number n never finds a smaller
 * one later.
 */
public interface Outbox {
  /** One event. {@code number} is unique in its connection. */
  record Event(
      long number,
      Ref ref,
      Set<Aspect> aspects,
      Set<String> changedChunks,
      Set<String> removedChunks) {}

  /**
   * How far a subscriber got with one connection.
   *
   * @param acknowledged the last event that it is done with
   * @param snapshot whether the current state is still being delivered
   * @param snapshotAfter the last document of it that it is done with
   * @param disconnected whether the connection is gone
   */
  record Position(
      String subscriber,
      ConnectionKey key,
      String generation,
      long acknowledged,
      boolean snapshot,
      Optional<Ref> snapshotAfter,
      boolean disconnected) {}

  /**
   * The subscriber's positions in all connections of the tenant, disconnected ones first, then by
   * connection id. A connection that it has not met gets a position at the newest event, in
   * snapshot.
   */
  List<Position> positions(String tenant, String subscriber);

  /**
   * Saves a position that {@link #positions} gave and the subscriber moved; a disconnected one is
   * removed. Ignored if its connection's generation is gone.
   */
  void acknowledge(Position moved);

  /**
   * Makes the subscriber's next {@link #positions} start over with the current state of every
   * connection.
   */
  void startOver(String tenant, String subscriber);

  /** Forgets the subscriber. */
  void unsubscribe(String tenant, String subscriber);

  List<Event> events(ConnectionKey key, long after, int limit);

  /**
   * Drops events that every subscriber of the tenant has acknowledged; all of them if it has none.
   */
  int purgeAcknowledged(ConnectionKey key);
}
