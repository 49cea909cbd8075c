package dev.corpusync.feed;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.document.Ref;
import dev.corpusync.error.ExceptionSummary;
import dev.corpusync.store.Aspect;
import dev.corpusync.store.Outbox;
import dev.corpusync.store.Store;
import dev.corpusync.store.StoredDocument;
import dev.corpusync.store.UndeliveredChange;
import dev.corpusync.sync.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The documents that a subscriber did not take, as one delivery finds and changes them. What failed
 * in this delivery is kept in the store only once another document was taken: until then it may be
 * the subscriber's system that is down. For one thread.
 */
final class Undelivered {
  private static final int MOST = 1_000;
  private static final Duration FIRST_WAIT = Duration.ofMinutes(1);
  private static final Duration LONGEST_WAIT = Duration.ofHours(6);
  private final Store store;
  private final Time time;
  private final int mostAttempts;
  private final Map<Place, UndeliveredChange> kept = new LinkedHashMap<>();
  private final Map<Place, UndeliveredChange> pending = new LinkedHashMap<>();
  private final Set<Place> failedNow = new HashSet<>();

  private record Place(ConnectionKey key, Ref ref) {
    static Place of(UndeliveredChange change) {
      return new Place(change.key(), change.ref());
    }
  }

  Undelivered(Store store, Time time, int mostAttempts, String tenant, String subscriber) {
    this.store = store;
    this.time = time;
    this.mostAttempts = mostAttempts;
    outbox()
        .undelivered(tenant, subscriber, MOST)
        .forEach(change -> kept.put(Place.of(change), change));
  }

  private Outbox outbox() {
    return store.outbox();
  }

  /** How many documents failed in this delivery since one was taken. */
  int pending() {
    return pending.size();
  }

  /** Whether this document failed in this delivery already: its later changes wait with it. */
  boolean failedNow(Change change) {
    return place(change).filter(failedNow::contains).isPresent();
  }

  /** Adds a change to what is kept of its document, which failed in this delivery. */
  void join(Change change) {
    Place place = place(change).orElseThrow();
    UndeliveredChange before =
        Optional.ofNullable(pending.get(place))
            .or(() -> Optional.ofNullable(kept.get(place)))
            .orElseThrow();
    put(place, with(before, change).build());
  }

  /**
   * The change with what was not delivered of its document before: all of it, since the subscriber
   * may hold any part of an earlier state.
   */
  Change whole(Change change) {
    Optional<UndeliveredChange> before = place(change).map(kept::get);
    return before.isPresent() && change instanceof Change.Stored stored
        ? whole(with(before.get(), stored).build(), stored.document(), stored.position())
        : change;
  }

  private static Change whole(
      UndeliveredChange change, StoredDocument now, Outbox.Position position) {
    Set<String> chunks = FeedReader.chunks(now);
    Set<String> removed = new TreeSet<>(change.removedChunks());
    removed.removeAll(chunks);
    Set<Aspect> aspects = EnumSet.copyOf(change.aspects());
    aspects.remove(Aspect.DELETED);
    if (aspects.isEmpty()) {
      aspects.add(Aspect.CREATED);
    }
    return new Change.Stored(change.key(), now, aspects, chunks, removed, position);
  }

  /** Notes that a document was taken. */
  void taken(Change change) {
    settle();
    place(change)
        .flatMap(place -> Optional.ofNullable(kept.remove(place)))
        .ifPresent(outbox()::removeUndelivered);
  }

  /** Keeps what failed in this delivery: the subscriber works, so it is the documents' fault. */
  void settle() {
    pending.forEach(
        (place, change) -> {
          kept.put(place, change);
          outbox().keepUndelivered(change);
        });
    pending.clear();
  }

  /** Notes what the subscriber threw for a document. */
  void failed(Change change, Exception thrown) {
    Place place = place(change).orElseThrow();
    failedNow.add(place);
    Instant now = time.now();
    UndeliveredChange before =
        Optional.ofNullable(kept.get(place))
            .orElseGet(
                () ->
                    UndeliveredChange.builder(
                            change.position().subscriber(),
                            place.key(),
                            change.position().generation(),
                            place.ref())
                        .first(now)
                        .build());
    int attempts = before.attempts() + 1;
    put(
        place,
        with(before, change)
            .reason(ExceptionSummary.of(thrown))
            .attempts(attempts)
            .last(now)
            .notBefore(
                attempts >= mostAttempts ? Optional.empty() : Optional.of(now.plus(wait(attempts))))
            .build());
  }

  private static Duration wait(int attempts) {
    Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(attempts - 1, 16));
    return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
  }

  private void put(Place place, UndeliveredChange change) {
    if (kept.containsKey(place)) {
      kept.put(place, change);
      outbox().keepUndelivered(change);
    } else {
      pending.put(place, change);
    }
  }

  private static UndeliveredChange.Builder with(UndeliveredChange before, Change change) {
    UndeliveredChange.Builder builder = before.toBuilder();
    return change instanceof Change.Stored stored
        ? builder.aspects(stored.aspects()).removedChunks(stored.removedChunks())
        : builder.aspects(Set.of(Aspect.DELETED));
  }

  private static Optional<Place> place(Change change) {
    if (change instanceof Change.Stored stored) {
      return Optional.of(new Place(stored.connection(), stored.document().ref()));
    }
    return change instanceof Change.Deleted deleted
        ? Optional.of(new Place(deleted.connection(), deleted.ref()))
        : Optional.empty();
  }

  /** What is due, and was not tried in this delivery. */
  List<UndeliveredChange> due() {
    Instant now = time.now();
    return kept.values().stream()
        .filter(change -> change.isDue(now) && !failedNow.contains(Place.of(change)))
        .toList();
  }

  /** The state of now of an undelivered document; nothing of it is acknowledged by a position. */
  Change current(UndeliveredChange change) {
    Outbox.Position nowhere =
        Outbox.Position.builder(change.subscriber(), change.key(), change.generation()).build();
    return Optional.ofNullable(
            store.corpus().documents(change.key(), List.of(change.ref())).get(change.ref()))
        .<Change>map(document -> whole(change, document, nowhere))
        .orElseGet(() -> new Change.Deleted(change.key(), change.ref(), nowhere));
  }
}
