package dev.corpusync.feed;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.document.Identifier;
import dev.corpusync.error.SubscriberException;
import dev.corpusync.store.Outbox.Position;
import dev.corpusync.store.Storable;
import dev.corpusync.store.Store;
import dev.corpusync.store.UndeliveredChange;
import dev.corpusync.sync.Time;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Delivers the changes of a tenant's corpus to one named subscriber: at least once, in order per
 * document, from the last acknowledged change on. A new subscriber first gets the current state.
 * Content is read at delivery, so what was hidden or deleted meanwhile is not delivered. For one
 * thread at a time per name; names are independent of each other.
 *
 * @since 0.1
 */
public final class ChangeFeed {
  private static final int ATTEMPTS = 10;
  private final Store store;
  private final String tenant;
  private final String subscriber;
  private final Time time;
  private final int attempts;
  private final FeedReader reader;

  /** Opens the feed of a subscriber by the system's clock. */
  public ChangeFeed(Store store, String tenant, String subscriber) {
    this(store, tenant, subscriber, Time.system());
  }

  /**
   * Opens the feed of a subscriber.
   *
   * @param time says when what failed is delivered again
   */
  public ChangeFeed(Store store, String tenant, String subscriber, Time time) {
    this(store, tenant, subscriber, time, ATTEMPTS);
  }

  private ChangeFeed(Store store, String tenant, String subscriber, Time time, int attempts) {
    this.store = store;
    this.tenant = Identifier.name("a tenant", tenant);
    this.subscriber = Identifier.name("a subscriber", subscriber);
    this.time = time;
    this.attempts = attempts;
    reader = new FeedReader(store);
  }

  /**
   * Returns this feed with another number of attempts after which a document is a dead letter; 10
   * without it.
   */
  public ChangeFeed withAttempts(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("a document is delivered at least once");
    }
    return new ChangeFeed(store, tenant, subscriber, time, most);
  }

  /**
   * Returns up to some 200 changes of one connection that are not acknowledged; empty when there
   * are none. Reading does not acknowledge.
   */
  public List<Change> poll() {
    for (Position position : store.outbox().positions(tenant, subscriber)) {
      List<Change> changes = changes(position);
      if (!changes.isEmpty()) {
        return changes;
      }
    }
    return List.of();
  }

  /**
   * Acknowledges a change, and all that {@link #poll} returned before it. A change of a connection
   * that was connected again meanwhile is ignored.
   *
   * @throws IllegalArgumentException when the change was delivered to another tenant or subscriber;
   *     nothing is acknowledged
   */
  public void acknowledge(Change change) {
    Position moved = change.position();
    requireOwn(moved.key(), moved.subscriber());
    store.outbox().acknowledge(moved);
  }

  private void requireOwn(ConnectionKey key, String of) {
    if (!key.tenant().equals(Storable.text(tenant)) || !of.equals(Storable.text(subscriber))) {
      throw new IllegalArgumentException(
          "this change was not delivered to subscriber '"
              + subscriber
              + "' of tenant '"
              + tenant
              + "': acknowledge it at the feed that delivered it");
    }
  }

  /**
   * Delivers until no change is left, and acknowledges what the subscriber has returned from.
   *
   * <p>A document for which the subscriber throws is kept apart, and the others are delivered. It
   * is delivered again in its state of then: after a minute, twice as long after each further
   * attempt and at most after six hours, and whenever it changes. After so many {@linkplain
   * #withAttempts attempts} it is a dead letter, which is delivered again when it changes or by
   * {@link #redeliver}. When no other document is taken, or ten in a row are not, the subscriber's
   * system may be down: then delivery stops, nothing of them is acknowledged, and no attempt is
   * counted.
   *
   * @return how many changes were delivered
   * @throws SubscriberException when the subscriber threw for some change, after the others were
   *     delivered. An {@link Error} of the subscriber is thrown as it is
   */
  public int deliver(Consumer<Change> to) {
    Undelivered undelivered = new Undelivered(store, time, attempts, tenant, subscriber);
    return new Delivery(store, subscriber, undelivered, to)
        .run(store.outbox().positions(tenant, subscriber));
  }

  /**
   * Returns what the subscriber did not take: what is delivered again first, dead letters last.
   *
   * @param limit the most to return
   */
  public List<UndeliveredChange> undelivered(int limit) {
    return store.outbox().undelivered(tenant, subscriber, limit);
  }

  /**
   * Has the next {@link #deliver} deliver this again, as if it had never been tried.
   *
   * @throws IllegalArgumentException when it is another tenant's or subscriber's
   */
  public void redeliver(UndeliveredChange change) {
    requireOwn(change.key(), change.subscriber());
    store
        .outbox()
        .keepUndelivered(change.toBuilder().attempts(0).notBefore(Optional.of(time.now())).build());
  }

  /** Delivers the current state again, for an index that was lost: empty it first. */
  public void startOver() {
    store.outbox().startOver(tenant, subscriber);
  }

  /** Removes this subscriber, so that no events are kept for it. */
  public void unsubscribe() {
    store.outbox().unsubscribe(tenant, subscriber);
  }

  private List<Change> changes(Position position) {
    if (position.disconnected()) {
      return List.of(new Change.Disconnected(position.key(), position));
    }
    Position at = position;
    while (true) {
      FeedReader.Step step = reader.after(at);
      if (!step.changes().isEmpty() || step.position().equals(at)) {
        return step.changes();
      }
      // There is nothing to deliver, so it is acknowledged here.
      store.outbox().acknowledge(step.position());
      at = step.position();
    }
  }
}
