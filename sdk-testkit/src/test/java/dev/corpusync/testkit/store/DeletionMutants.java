package dev.corpusync.testkit.store;

import dev.corpusync.artifact.Artifact;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.document.Access;
import dev.corpusync.document.Principal;
import dev.corpusync.document.Ref;
import dev.corpusync.error.StoreException;
import dev.corpusync.store.Aspect;
import dev.corpusync.store.Commit;
import dev.corpusync.store.CommitResult;
import dev.corpusync.store.Corpus;
import dev.corpusync.store.ItemWrite;
import dev.corpusync.store.Outbox;
import dev.corpusync.store.StoredDocument;
import dev.corpusync.sync.Checkpoint;
import dev.corpusync.sync.Counts;
import dev.corpusync.sync.Scope;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Mistakes in what goes with what, and in who may read what stays. */
final class DeletionMutants {
  private static final Set<Aspect> DELETED = EnumSet.of(Aspect.DELETED);
  private static final Set<Aspect> ACCESS = EnumSet.of(Aspect.ACCESS);

  private DeletionMutants() {}

  static void into(StoreMutants m) {
    m.add(
        "STO-06a",
        "tells nobody of what went with its container",
        DeletionMutants::tellsOnlyOfNamed);
    m.calls(
        "STO-06h",
        "weighs a deletion without what is below",
        "Corpus.documentsWithin",
        call ->
            call.right().corpus().documents(call.argument(0), call.<List<Ref>>argument(1)).size());
    m.calls(
        "STO-06b",
        "the cursor of a deleted container stays",
        "Store.commit",
        DeletionMutants::keepsCursor);
    m.calls(
        "STO-06c",
        "counts what it was asked to delete",
        "Store.commit",
        call -> {
          Counts c = ((CommitResult) call.proceed()).counts();
          int asked = ((Commit) call.argument(0)).deletions().size();
          return new CommitResult(
              Counts.builder()
                  .seen(c.seen())
                  .stored(c.stored())
                  .unchanged(c.unchanged())
                  .hidden(c.hidden())
                  .failed(c.failed())
                  .deleted(Math.max(asked, c.deleted()))
                  .events(c.events())
                  .requests(c.requests())
                  .build());
        });
    m.drafts(
        "STO-06d",
        "deletes after it has written",
        d ->
            d.items.removeIf(
                i -> d.deletions.stream().anyMatch(x -> x.ref().equals(i.artifact().ref()))));
    m.drafts(
        "STO-06g",
        "deletes what has moved",
        d -> d.deletions.replaceAll(x -> new Commit.Deletion(x.ref(), Optional.empty())));
    m.calls(
        "STO-06e",
        "gives up on a circle of parents",
        "Store.commit",
        call -> {
          Commit commit = call.argument(0);
          for (Commit.Deletion gone : commit.deletions()) {
            refuseCircle(call.right().corpus(), commit.fence().key(), gone.ref());
          }
          return call.proceed();
        });
    m.add("STO-06f", "remembers the first container of a thing", DeletionMutants::firstContainer);
    m.documents(
        "STO-27a",
        "opens what lies in an unknown container",
        (corpus, d) -> {
          List<Ref> way = StoreMutants.way(corpus, d.connection(), d.ref());
          Ref top = way.get(way.size() - 1);
          boolean unknown = corpus.artifacts(d.connection(), List.of(top)).isEmpty();
          return unknown ? StoreMutants.readableBy(d, Set.of(Principal.organisation())) : d;
        });
    m.documents("STO-27b", "inherits over any depth", DeletionMutants::deep);
    m.documents(
        "STO-27c",
        "gives up on a circle of containers",
        (corpus, d) -> {
          refuseCircle(corpus, d.connection(), d.ref());
          return d;
        });
    m.add(
        "STO-27d",
        "tells only what lies directly in a container of its readers",
        DeletionMutants::direct);
    m.events(
        "STO-27e",
        "a change of readers hides behind a change of content",
        e -> {
          Set<Aspect> aspects = EnumSet.copyOf(e.aspects());
          if (aspects.equals(EnumSet.of(Aspect.CONTENT, Aspect.ACCESS))) {
            aspects.remove(Aspect.ACCESS);
          }
          return List.of(
              Outbox.Event.of(e.number(), e.ref(), aspects)
                  .withChangedChunks(e.changedChunks())
                  .withRemovedChunks(e.removedChunks()));
        });
  }

  private static void refuseCircle(Corpus corpus, ConnectionKey key, Ref ref) {
    List<Ref> way = StoreMutants.way(corpus, key, ref);
    if (way.size() > Set.copyOf(way).size()) {
      throw new StoreException("too deep");
    }
  }

  private static AlteredStore tellsOnlyOfNamed(AlteredStore altered) {
    Set<Object> named = ConcurrentHashMap.newKeySet();
    return altered
        .on(
            "Store.commit",
            call -> {
              Commit commit = call.argument(0);
              commit
                  .deletions()
                  .forEach(gone -> named.add(List.of(commit.fence().key(), gone.ref())));
              return call.proceed();
            })
        .on(
            "Outbox.events",
            call -> {
              List<Outbox.Event> events = AlteredStore.list(call.proceed());
              events.removeIf(
                  e ->
                      e.aspects().equals(DELETED)
                          && !named.contains(List.of(call.argument(0), e.ref())));
              return events;
            });
  }

  private static Object keepsCursor(AlteredStore.Call call) {
    Commit commit = call.argument(0);
    List<Checkpoint> before = new ArrayList<>();
    for (Commit.Deletion gone : commit.deletions()) {
      call.right()
          .checkpoints()
          .checkpoint(commit.fence().key(), Scope.of(StoreFixture.ISSUE, gone.ref()))
          .ifPresent(before::add);
    }
    Object committed = call.proceed();
    for (Checkpoint checkpoint : before) {
      call.right()
          .commit(Commit.under(commit.fence(), commit.run()).checkpoint(checkpoint).build());
    }
    return committed;
  }

  private static AlteredStore firstContainer(AlteredStore altered) {
    Map<Object, Ref> first = new ConcurrentHashMap<>();
    return altered.on(
        "Store.commit",
        call ->
            StoreMutants.committing(
                call,
                d -> {
                  for (ItemWrite item : d.items) {
                    Artifact a = item.artifact();
                    a.parent()
                        .ifPresent(p -> first.putIfAbsent(List.of(d.fence.key(), a.ref()), p));
                  }
                  for (Commit.Deletion gone : List.copyOf(d.deletions)) {
                    first.forEach(
                        (thing, container) -> {
                          List<?> named = (List<?>) thing;
                          if (container.equals(gone.ref()) && named.get(0).equals(d.fence.key())) {
                            d.deletions.add(
                                new Commit.Deletion((Ref) named.get(1), Optional.empty()));
                          }
                        });
                  }
                }));
  }

  private static StoredDocument deep(Corpus corpus, StoredDocument d) {
    Set<Ref> met = new HashSet<>();
    Optional<Ref> at = Optional.of(d.ref());
    while (at.isPresent() && met.add(at.get())) {
      Artifact a = corpus.artifacts(d.connection(), List.of(at.get())).get(at.get());
      if (a == null || a.access().mode() == Access.Mode.INHERITED_AND) {
        return d;
      }
      if (a.access().mode() != Access.Mode.INHERITED) {
        return StoreMutants.readableBy(d, a.access().readers());
      }
      at = a.parent();
    }
    return d;
  }

  private static AlteredStore direct(AlteredStore altered) {
    Map<ConnectionKey, Set<Long>> hidden = new ConcurrentHashMap<>();
    return altered
        .on(
            "Store.commit",
            call -> {
              Commit commit = call.argument(0);
              ConnectionKey key = commit.fence().key();
              Outbox outbox = call.right().outbox();
              long before = newest(outbox, key);
              Object committed = call.proceed();
              Set<Optional<Ref>> changed = new HashSet<>();
              commit.items().stream()
                  .filter(ItemWrite::accessChanged)
                  .forEach(i -> changed.add(Optional.of(i.artifact().ref())));
              for (Outbox.Event e : outbox.events(key, before, 100_000)) {
                Optional<Ref> parent = StoreMutants.parent(call.right().corpus(), key, e.ref());
                if (e.aspects().equals(ACCESS) && !changed.contains(parent)) {
                  hidden.computeIfAbsent(key, x -> ConcurrentHashMap.newKeySet()).add(e.number());
                }
              }
              return committed;
            })
        .on(
            "Outbox.events",
            call -> {
              List<Outbox.Event> events = AlteredStore.list(call.proceed());
              events.removeIf(
                  e -> hidden.getOrDefault(call.argument(0), Set.of()).contains(e.number()));
              return events;
            });
  }

  static long newest(Outbox outbox, ConnectionKey key) {
    List<Outbox.Event> all = outbox.events(key, 0, 100_000);
    return all.isEmpty() ? 0 : all.get(all.size() - 1).number();
  }
}
