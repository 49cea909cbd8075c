package dev.corpusync.testkit.store;

import dev.corpusync.connection.Connection;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.store.Connections;
import dev.corpusync.store.Feature;
import dev.corpusync.store.Store;
import dev.corpusync.sync.Counts;
import dev.corpusync.sync.FailedItem;
import dev.corpusync.sync.HeldDeletion;
import dev.corpusync.sync.Run;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Mistakes in runs, failures and plans, and in telling connections apart. */
final class JournalMutants {
  private JournalMutants() {}

  static void into(StoreMutants m) {
    m.each("STO-29a", "counts no deletions", "Journal.runs", JournalMutants::withoutDeletions);
    m.each(
        "STO-29b",
        "a dead run says for ever that it runs",
        "Journal.runs",
        (Run r) ->
            r.state() == Run.State.ABANDONED
                ? Run.builder(r.key(), r.id())
                    .trigger(r.trigger())
                    .started(r.started())
                    .ended(r.ended())
                    .counts(r.counts())
                    .message(r.message())
                    .build()
                : r);
    m.each(
        "STO-29g",
        "forgets until when the API wants no request",
        "Journal.runs",
        (Run r) -> r.withNotBefore(Optional.empty()));
    m.add(
        "STO-31a",
        "claims the waits of runs and loses them",
        altered ->
            altered.on(
                "Store.commit",
                call ->
                    StoreMutants.committing(
                        call,
                        d -> d.record = d.record.map(r -> r.withNotBefore(Optional.empty())))));
    m.add(
        "STO-29h",
        "forgets that every scope owes a full pass",
        altered ->
            altered.on(
                "Store.commit",
                call -> StoreMutants.committing(call, d -> d.fullPassOwed = Optional.empty())));
    m.add(
        "STO-29h",
        "keeps no full pass that a checkpoint owes",
        altered ->
            altered.on(
                "Store.commit",
                call ->
                    StoreMutants.committing(
                        call,
                        d ->
                            d.checkpoint =
                                d.checkpoint.map(
                                    c -> c.toBuilder().fullPassOwed(Optional.empty()).build()))));
    m.drafts(
        "STO-29k",
        "forgets which containers a feed told are deleted",
        d -> d.checkpoint = d.checkpoint.map(c -> c.toBuilder().tombstoned(List.of()).build()));
    m.drafts(
        "STO-29e",
        "forgets what a held deletion weighs and why it is held",
        d ->
            d.held =
                d.held.map(
                    h -> h.toBuilder().documents(0).reason(HeldDeletion.Reason.LISTING).build()));
    m.add(
        "STO-31b",
        "keeps silently what it says it cannot",
        altered ->
            altered.on(
                "Store.features",
                call ->
                    call.right().features().stream()
                        .filter(f -> !f.equals(Feature.ENTITY_TAGS))
                        .collect(Collectors.toSet())));
    m.add("STO-29c", "forgets the newest run too", JournalMutants::forgetsNewest);
    m.each(
        "STO-29d",
        "a failure that comes again begins again",
        "Journal.failures",
        (FailedItem f) ->
            FailedItem.builder(f.scope(), f.id())
                .identity(f.identity())
                .reason(f.reason())
                .attempts(f.attempts())
                .first(f.last())
                .last(f.last())
                .build());
    m.calls(
        "STO-29e",
        "finds the plan of another scope",
        "Journal.held",
        call ->
            call.proceed() instanceof Optional<?> plan && plan.isEmpty()
                ? call.right().journal().held(call.<ConnectionKey>argument(0)).stream().findFirst()
                : call.proceed());
    m.calls(
        "STO-29j",
        "lists the runs of a later clock too",
        "Journal.runs",
        call ->
            call.arguments().length == 3
                ? call.right()
                    .journal()
                    .runs(call.<ConnectionKey>argument(0), call.<Integer>argument(2))
                : call.proceed());
    m.drafts(
        "STO-31a",
        "forgets in which round a scope was read",
        d -> d.checkpoint = d.checkpoint.map(c -> c.toBuilder().round("").build()));
    m.drafts("STO-29i", "takes nothing off a plan", d -> d.released = Optional.empty());
    m.calls(
        "STO-29i",
        "hands out the ids of a plan at once",
        "Journal.heldIds",
        call -> call.with(3, Integer.MAX_VALUE));
    m.calls(
        "STO-29f",
        "keeps the first validator",
        "Store.commit",
        call ->
            StoreMutants.committing(
                call,
                d ->
                    d.validators.removeIf(
                        v ->
                            !call.right()
                                .checkpoints()
                                .entityTags(d.fence.key(), List.of(v.call()))
                                .isEmpty())));
    m.calls(
        "STO-26a",
        "creating a connection again replaces it",
        "Connections.create",
        call -> {
          Connections connections = (Connections) call.part();
          Connection made = call.argument(0);
          if (connections.find(made.key()).isPresent()) {
            connections.disconnect(made.key());
          }
          return call.proceed();
        });
    m.calls(
        "STO-07b",
        "no tenant in the key of failures",
        "Journal.failures",
        call -> call.with(0, new ConnectionKey("acme", call.<ConnectionKey>argument(0).id())));
    Map<Store, Map<ConnectionKey, List<FailedItem>>> left = new WeakHashMap<>();
    m.add("STO-21a", "failures outlive their connection", altered -> failuresStay(altered, left));
  }

  private static Run withoutDeletions(Run r) {
    Counts c = r.counts();
    return r.withCounts(
        Counts.builder()
            .seen(c.seen())
            .stored(c.stored())
            .unchanged(c.unchanged())
            .hidden(c.hidden())
            .failed(c.failed())
            .events(c.events())
            .requests(c.requests())
            .build());
  }

  private static AlteredStore forgetsNewest(AlteredStore altered) {
    Map<ConnectionKey, Instant> before = new ConcurrentHashMap<>();
    return altered
        .on(
            "Journal.purgeRunsBefore",
            call -> {
              before.put(call.argument(0), call.argument(1));
              return call.proceed();
            })
        .on(
            "Journal.runs",
            call -> {
              List<Run> runs = AlteredStore.list(call.proceed());
              Instant limit = before.getOrDefault(call.argument(0), Instant.MIN);
              runs.removeIf(r -> r.ended().isPresent() && r.started().isBefore(limit));
              return runs;
            });
  }

  private static AlteredStore failuresStay(
      AlteredStore altered, Map<Store, Map<ConnectionKey, List<FailedItem>>> left) {
    return altered
        .on(
            "Connections.disconnect",
            call -> {
              ConnectionKey key = call.argument(0);
              List<FailedItem> all = call.right().journal().failures(key, 1_000_000);
              if (!all.isEmpty() && key.tenant().equals("acme")) {
                left.computeIfAbsent(call.right(), x -> new HashMap<>()).put(key, all);
              }
              return call.proceed();
            })
        .on(
            "Journal.failures",
            call -> {
              List<FailedItem> all = AlteredStore.list(call.proceed());
              all.addAll(
                  left.getOrDefault(call.right(), Map.of())
                      .getOrDefault(call.argument(0), List.of()));
              return all;
            });
  }
}
