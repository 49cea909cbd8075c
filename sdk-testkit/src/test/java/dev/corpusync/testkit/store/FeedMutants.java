package dev.corpusync.testkit.store;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.store.Outbox;
import dev.corpusync.store.Outbox.Position;
import dev.corpusync.store.UndeliveredChange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Mistakes in events and positions. */
final class FeedMutants {
  private FeedMutants() {}

  static void into(StoreMutants m) {
    undelivered(m);
    m.events(
        "STO-28a",
        "forgets which chunks are gone",
        e ->
            List.of(
                Outbox.Event.of(e.number(), e.ref(), e.aspects())
                    .withChangedChunks(e.changedChunks())));
    m.calls(
        "STO-28b",
        "gives events without a limit",
        "Outbox.events",
        call -> call.with(2, 1_000_000));
    m.each(
        "STO-28c",
        "a new subscriber begins with the first event",
        "Outbox.positions",
        (Position p) ->
            p.snapshot() && p.snapshotAfter().isEmpty() && !p.disconnected() ? at(p, 0) : p);
    m.add("STO-28d", "a subscriber meets new connections never", FeedMutants::meetsOnce);
    m.calls(
        "STO-28e",
        "forgets how far a snapshot got",
        "Outbox.acknowledge",
        call -> {
          Position p = call.argument(0);
          return call.with(
              0,
              Outbox.Position.builder(p.subscriber(), p.key(), p.generation())
                  .acknowledged(p.acknowledged())
                  .snapshot(p.snapshot())
                  .disconnected(p.disconnected())
                  .build());
        });
    m.calls(
        "STO-28f",
        "drops no event while there is a subscriber",
        "Outbox.purgeAcknowledged",
        call -> {
          ConnectionKey key = call.argument(0);
          Outbox outbox = call.right().outbox();
          // someone who waits for the very first event
          Position waiting = outbox.positions(key.tenant(), "waiting").get(0);
          outbox.acknowledge(
              Outbox.Position.builder("waiting", key, waiting.generation())
                  .acknowledged(0)
                  .build());
          Object dropped = call.proceed();
          outbox.unsubscribe(key.tenant(), "waiting");
          return dropped;
        });
    m.add("STO-28g", "numbers of events begin again", FeedMutants::numbersAgain);
    m.calls("STO-28h", "starting over does nothing", "Outbox.startOver", call -> "done".isEmpty());
    m.calls(
        "STO-05a",
        "what was under way is acknowledged over a new start",
        "Outbox.startOver",
        call -> {
          call.proceed();
          return call.right().outbox().positions(call.argument(0), call.argument(1)).isEmpty();
        });
    m.calls(
        "STO-28i",
        "starting over is for every subscriber",
        "Outbox.startOver",
        call -> {
          for (String subscriber : List.of("index", "mailer")) {
            call.with(1, subscriber);
          }
          return null;
        });
    m.calls(
        "STO-28j",
        "tells again and again that a connection is gone",
        "Outbox.acknowledge",
        call -> ((Position) call.argument(0)).disconnected() ? null : call.proceed());
    m.calls(
        "STO-28l",
        "acknowledges for the tenant with a connection of that name",
        "Outbox.acknowledge",
        call -> {
          Position p = call.argument(0);
          call.right()
              .outbox()
              .acknowledge(
                  Outbox.Position.builder(
                          p.subscriber(), new ConnectionKey("acme", p.key().id()), p.generation())
                      .acknowledged(p.acknowledged())
                      .snapshot(p.snapshot())
                      .snapshotAfter(p.snapshotAfter())
                      .disconnected(p.disconnected())
                      .build());
          return call.proceed();
        });
    m.lists(
        "STO-28k",
        "takes a connection that came back for the one before",
        "Outbox.positions",
        (List<Position> all) -> {
          Map<ConnectionKey, Position> last = new LinkedHashMap<>();
          all.forEach(p -> last.put(p.key(), p));
          return new ArrayList<>(last.values());
        });
    m.calls(
        "STO-07a",
        "a subscriber leaves in every tenant",
        "Outbox.unsubscribe",
        call -> {
          call.with(0, "acme");
          return call.proceed();
        });
  }

  static void undelivered(StoreMutants m) {
    m.calls(
        "STO-28m",
        "forgets which chunks an undelivered document has lost",
        "Outbox.keepUndelivered",
        call -> {
          UndeliveredChange c = call.argument(0);
          return call.with(
              0,
              UndeliveredChange.builder(c.subscriber(), c.key(), c.generation(), c.ref())
                  .aspects(c.aspects())
                  .reason(c.reason())
                  .attempts(c.attempts())
                  .first(c.first())
                  .last(c.last())
                  .notBefore(c.notBefore())
                  .build());
        });
    m.lists(
        "STO-28m",
        "dead letters stand before what is due",
        "Outbox.undelivered",
        (List<UndeliveredChange> all) -> {
          List<UndeliveredChange> reversed = new ArrayList<>(all);
          reversed.sort(Comparator.comparing(c -> !c.isDead()));
          return reversed;
        });
    m.calls(
        "STO-28n",
        "a subscriber that starts over keeps what it did not take",
        "Outbox.startOver",
        call -> {
          Outbox outbox = call.right().outbox();
          List<UndeliveredChange> before =
              outbox.undelivered(call.argument(0), call.argument(1), 1_000);
          Object done = call.proceed();
          before.forEach(outbox::keepUndelivered);
          return done;
        });
    m.calls(
        "STO-28n",
        "what was not delivered of an earlier generation is kept for the next",
        "Outbox.keepUndelivered",
        call -> {
          UndeliveredChange c = call.argument(0);
          return call.with(
              0,
              UndeliveredChange.builder(c.subscriber(), c.key(), "g1", c.ref())
                  .aspects(c.aspects())
                  .removedChunks(c.removedChunks())
                  .reason(c.reason())
                  .attempts(c.attempts())
                  .first(c.first())
                  .last(c.last())
                  .notBefore(c.notBefore())
                  .build());
        });
  }

  private static Position at(Position p, long acknowledged) {
    return Outbox.Position.builder(p.subscriber(), p.key(), p.generation())
        .acknowledged(acknowledged)
        .snapshot(p.snapshot())
        .snapshotAfter(p.snapshotAfter())
        .disconnected(p.disconnected())
        .build();
  }

  private static AlteredStore meetsOnce(AlteredStore altered) {
    Map<Object, Set<ConnectionKey>> met = new ConcurrentHashMap<>();
    return altered.on(
        "Outbox.positions",
        call -> {
          List<Position> all = AlteredStore.list(call.proceed());
          Set<ConnectionKey> first =
              met.computeIfAbsent(
                  List.of(call.arguments()),
                  x -> {
                    Set<ConnectionKey> keys = new HashSet<>();
                    all.forEach(p -> keys.add(p.key()));
                    return keys;
                  });
          all.removeIf(p -> !first.contains(p.key()));
          return all;
        });
  }

  /** Once all events are dropped the next one is the first again. */
  private static AlteredStore numbersAgain(AlteredStore altered) {
    Map<ConnectionKey, Long> offsets = new ConcurrentHashMap<>();
    return altered
        .on(
            "Outbox.purgeAcknowledged",
            call -> {
              ConnectionKey key = call.argument(0);
              long newest = DeletionMutants.newest(call.right().outbox(), key);
              Object dropped = call.proceed();
              if (newest > 0 && call.right().outbox().events(key, 0, 1).isEmpty()) {
                offsets.put(key, newest);
              }
              return dropped;
            })
        .on(
            "Outbox.events",
            call -> {
              long offset = offsets.getOrDefault(call.argument(0), 0L);
              List<Outbox.Event> events =
                  AlteredStore.list(call.with(1, call.<Long>argument(1) + offset));
              events.replaceAll(
                  e ->
                      Outbox.Event.of(e.number() - offset, e.ref(), e.aspects())
                          .withChangedChunks(e.changedChunks())
                          .withRemovedChunks(e.removedChunks()));
              return events;
            });
  }
}
