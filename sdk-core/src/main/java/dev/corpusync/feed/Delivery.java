package dev.corpusync.feed;

import dev.corpusync.error.SubscriberException;
import dev.corpusync.store.Outbox.Position;
import dev.corpusync.store.Store;
import dev.corpusync.store.UndeliveredChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One delivery: all that is new, then what failed before and is due. A document that the subscriber
 * does not take costs itself; ten in a row are an outage, which ends the delivery where the row
 * began (P10). For one thread.
 */
final class Delivery {
  private static final int OUTAGE = 10;
  private final Store store;
  private final String subscriber;
  private final Undelivered undelivered;
  private final Consumer<Change> to;
  private final FeedReader reader;
  private final List<Position> open = new ArrayList<>();
  private Optional<SubscriberException> failure = Optional.empty();
  private boolean worked;
  private int failedInARow;
  private int delivered;

  Delivery(Store store, String subscriber, Undelivered undelivered, Consumer<Change> to) {
    this.store = store;
    this.subscriber = subscriber;
    this.undelivered = undelivered;
    this.to = to;
    reader = new FeedReader(store);
  }

  /**
   * Returns how many changes were delivered.
   *
   * @throws SubscriberException when the subscriber threw for one of them, after the others
   */
  int run(List<Position> positions) {
    for (Position position : positions) {
      if (!isOutage()) {
        deliver(position);
      }
    }
    if (!isOutage()) {
      if (worked) {
        undelivered.settle();
      }
      retry();
    }
    acknowledgeOpen();
    if (failure.isPresent()) {
      throw failure.get();
    }
    return delivered;
  }

  /** After all that is new: what fails for ever stands in front of nothing. */
  private void retry() {
    for (UndeliveredChange change : undelivered.due()) {
      if (worked || failedInARow < OUTAGE) {
        attempt(undelivered.current(change));
      }
    }
  }

  private boolean isOutage() {
    return undelivered.pending() >= OUTAGE;
  }

  private void deliver(Position from) {
    if (from.disconnected()) {
      attempt(new Change.Disconnected(from.key(), from));
      return;
    }
    Position at = from;
    Position settled = from;
    while (!isOutage()) {
      FeedReader.Step step = reader.after(at);
      if (step.changes().isEmpty() && step.position().equals(at)) {
        break;
      }
      try {
        for (Change change : step.changes()) {
          if (!isOutage()) {
            attempt(undelivered.whole(change));
            settled = undelivered.pending() == 0 ? change.position() : settled;
          }
        }
        at = step.position();
        settled = undelivered.pending() == 0 ? at : settled;
      } finally {
        // Also when the subscriber throws an Error.
        if (!settled.equals(from)) {
          store.outbox().acknowledge(settled);
        }
      }
    }
    if (!settled.equals(at) && !isOutage()) {
      open.add(at);
    }
  }

  private void acknowledgeOpen() {
    if (undelivered.pending() == 0) {
      open.forEach(store.outbox()::acknowledge);
    }
  }

  private void attempt(Change change) {
    if (undelivered.failedNow(change)) {
      undelivered.join(change);
      return;
    }
    try {
      to.accept(change);
    } catch (Exception e) {
      // also a checked one, which a subscriber in another language can throw
      failed(change, e);
      return;
    }
    delivered++;
    worked = true;
    failedInARow = 0;
    undelivered.taken(change);
    if (change instanceof Change.Disconnected disconnected) {
      store.outbox().acknowledge(disconnected.position());
    }
  }

  private void failed(Change change, Exception thrown) {
    failedInARow++;
    failure = failure.or(() -> Optional.of(new SubscriberException(subscriber, thrown)));
    // That a connection is gone is told again; nothing of it is left to be a dead letter.
    if (!(change instanceof Change.Disconnected)) {
      undelivered.failed(change, thrown);
    }
  }
}
