package dev.corpusync.feed;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.document.Chunk;
import dev.corpusync.document.Identifier;
import dev.corpusync.document.Ref;
import dev.corpusync.error.SubscriberException;
import dev.corpusync.store.Aspect;
import dev.corpusync.store.Outbox;
import dev.corpusync.store.Outbox.Position;
import dev.corpusync.store.Storable;
import dev.corpusync.store.Store;
import dev.corpusync.store.StoredDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Delivers the changes of a tenant's corpus to one named subscriber: at least once, in order per
 * document, from the last acknowledged change on. A new subscriber first gets the current state.
 * Content is read at delivery, so what was hidden or deleted meanwhile is not delivered. For one
 * thread at a time per name; names are independent of each other.
 *
 * @since 0.1
 */
public final class ChangeFeed {
  private static final int PAGE = 200;
  private final Store store;
  private final String tenant;
  private final String subscriber;

  public ChangeFeed(Store store, String tenant, String subscriber) {
    this.store = store;
    this.tenant = Identifier.name("a tenant", tenant);
    this.subscriber = Identifier.name("a subscriber", subscriber);
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
    if (!moved.key().tenant().equals(Storable.text(tenant))
        || !moved.subscriber().equals(Storable.text(subscriber))) {
      throw new IllegalArgumentException(
          "this change was not delivered to subscriber '"
              + subscriber
              + "' of tenant '"
              + tenant
              + "': acknowledge it at the feed that delivered it");
    }
    store.outbox().acknowledge(moved);
  }

  /**
   * Delivers until no change is left, and acknowledges each change once the subscriber has
   * returned.
   *
   * @return how many changes were delivered
   * @throws SubscriberException when the subscriber throws; that change is delivered again. An
   *     {@link Error} of the subscriber is thrown as it is
   */
  public int deliver(Consumer<Change> to) {
    int delivered = 0;
    for (List<Change> changes = poll(); !changes.isEmpty(); changes = poll()) {
      Optional<Change> done = Optional.empty();
      try {
        for (Change change : changes) {
          deliver(change, to);
          done = Optional.of(change);
          delivered++;
        }
      } finally {
        done.ifPresent(this::acknowledge);
      }
    }
    return delivered;
  }

  private void deliver(Change change, Consumer<Change> to) {
    try {
      to.accept(change);
    } catch (Exception e) {
      // also a checked one, which a subscriber in another language can throw
      throw new SubscriberException(subscriber, e);
    }
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
      Step step = at.snapshot() ? snapshot(at) : events(at);
      if (!step.changes().isEmpty() || step.position().equals(at)) {
        return step.changes();
      }
      // All events of this page are void, or the snapshot has ended: there is nothing to deliver,
      // so
      // it is acknowledged here.
      store.outbox().acknowledge(step.position());
      at = step.position();
    }
  }

  private record Step(List<Change> changes, Position position) {}

  private Step snapshot(Position from) {
    List<StoredDocument> documents =
        store.corpus().documentsAfter(from.key(), from.snapshotAfter(), PAGE);
    if (documents.isEmpty()) {
      return new Step(List.of(), moved(from, from.acknowledged(), false, Optional.empty()));
    }
    List<Change> changes = new ArrayList<>();
    for (StoredDocument document : documents) {
      Position after = moved(from, from.acknowledged(), true, Optional.of(document.ref()));
      Set<String> all =
          document.chunks().stream().map(Chunk::key).collect(Collectors.toCollection(TreeSet::new));
      changes.add(
          new Change.Stored(from.key(), document, Set.of(Aspect.CREATED), all, Set.of(), after));
    }
    return new Step(changes, changes.get(changes.size() - 1).position());
  }

  private Step events(Position from) {
    List<Outbox.Event> events = store.outbox().events(from.key(), from.acknowledged(), PAGE);
    if (events.isEmpty()) {
      return new Step(List.of(), from);
    }
    Map<Ref, StoredDocument> now =
        store
            .corpus()
            .documents(from.key(), events.stream().map(Outbox.Event::ref).distinct().toList());
    List<Change> changes = new ArrayList<>();
    for (Outbox.Event event : events) {
      Position after = moved(from, event.number(), false, Optional.empty());
      change(from.key(), event, Optional.ofNullable(now.get(event.ref())), after)
          .ifPresent(changes::add);
    }
    return new Step(
        changes, moved(from, events.get(events.size() - 1).number(), false, Optional.empty()));
  }

  private static Optional<Change> change(
      ConnectionKey key, Outbox.Event event, Optional<StoredDocument> now, Position after) {
    if (event.aspects().contains(Aspect.DELETED)) {
      return Optional.of(new Change.Deleted(key, event.ref(), after));
    }
    // Deleted meanwhile: an event of that follows, and this content must not be delivered.
    return now.map(
        document -> {
          Set<String> changed = new TreeSet<>(event.changedChunks());
          changed.retainAll(document.chunks().stream().map(Chunk::key).toList());
          return new Change.Stored(
              key, document, event.aspects(), changed, event.removedChunks(), after);
        });
  }

  private static Position moved(
      Position from, long acknowledged, boolean snapshot, Optional<Ref> after) {
    return Outbox.Position.builder(from.subscriber(), from.key(), from.generation())
        .acknowledged(acknowledged)
        .snapshot(snapshot)
        .snapshotAfter(after)
        .build();
  }
}
