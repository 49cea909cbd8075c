package dev.corpusync.feed;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.document.Chunk;
import dev.corpusync.document.Ref;
import dev.corpusync.store.Aspect;
import dev.corpusync.store.Outbox;
import dev.corpusync.store.Outbox.Position;
import dev.corpusync.store.Store;
import dev.corpusync.store.StoredDocument;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads what follows a position: a page of the snapshot, or of the events. Writes nothing. */
final class FeedReader {
  private static final int PAGE = 200;
  private final Store store;

  FeedReader(Store store) {
    this.store = store;
  }

  /**
   * What follows a position.
   *
   * @param changes empty when all events of the page are void, or the snapshot has ended
   * @param position behind the page; that of before when nothing follows
   */
  record Step(List<Change> changes, Position position) {}

  Step after(Position from) {
    return from.snapshot() ? snapshot(from) : events(from);
  }

  private Step snapshot(Position from) {
    List<StoredDocument> documents =
        store.corpus().documentsAfter(from.key(), from.snapshotAfter(), PAGE);
    if (documents.isEmpty()) {
      return new Step(List.of(), moved(from, from.acknowledged(), false, Optional.empty()));
    }
    List<Change> changes = new ArrayList<>();
    for (StoredDocument document : documents) {
      Position after = moved(from, from.acknowledged(), true, Optional.of(document.ref()));
      changes.add(
          new Change.Stored(
              from.key(), document, Set.of(Aspect.CREATED), chunks(document), Set.of(), after));
    }
    return new Step(changes, changes.get(changes.size() - 1).position());
  }

  private Step events(Position from) {
    List<Outbox.Event> events = store.outbox().events(from.key(), from.acknowledged(), PAGE);
    if (events.isEmpty()) {
      return new Step(List.of(), from);
    }
    Map<Ref, StoredDocument> now =
        documents(from.key(), events.stream().map(Outbox.Event::ref).distinct().toList());
    List<Change> changes = new ArrayList<>();
    for (Outbox.Event event : events) {
      Position after = moved(from, event.number(), false, Optional.empty());
      change(from.key(), event, Optional.ofNullable(now.get(event.ref())), after)
          .ifPresent(changes::add);
    }
    return new Step(
        changes, moved(from, events.get(events.size() - 1).number(), false, Optional.empty()));
  }

  /** The documents as they are now. */
  Map<Ref, StoredDocument> documents(ConnectionKey key, Collection<Ref> refs) {
    return store.corpus().documents(key, refs);
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
          changed.retainAll(chunks(document));
          return new Change.Stored(
              key, document, event.aspects(), changed, event.removedChunks(), after);
        });
  }

  static Set<String> chunks(StoredDocument document) {
    return document.chunks().stream()
        .map(Chunk::key)
        .collect(Collectors.toCollection(TreeSet::new));
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
