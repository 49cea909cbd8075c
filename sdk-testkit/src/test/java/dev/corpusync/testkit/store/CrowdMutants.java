package dev.corpusync.testkit.store;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.error.StoreException;
import dev.corpusync.store.Commit;
import dev.corpusync.store.Outbox;
import dev.corpusync.sync.Counts;
import dev.corpusync.sync.Fence;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Mistakes that show only when several do something at once. */
final class CrowdMutants {
  private CrowdMutants() {}

  static void into(Mutants m) {
    m.add("writes a commit in two transactions", CrowdMutants::twoTransactions);
    m.add("inserts what another one is inserting", CrowdMutants::insertsTwice);
    m.add("a lease is read and then written", CrowdMutants::readThenWrite);
    m.add("two connections cannot be written at once", CrowdMutants::oneAtATime);
    m.add("a reader passes over a late commit", CrowdMutants::lateCommit);
    m.add("adds to counts that another one has changed", CrowdMutants::lostCounts);
  }

  private static Bent twoTransactions(Bent bent) {
    AtomicInteger reads = new AtomicInteger();
    Crowd crowd = new Crowd();
    return bent.on(
            "Corpus.documents",
            call -> {
              crowd.enter();
              crowd.leave();
              reads.incrementAndGet();
              return call.proceed();
            })
        .on(
            "Store.commit",
            call -> {
              Draft draft = new Draft(call.argument(0));
              boolean plain =
                  draft.items.size() == 3
                      && draft.deletions.isEmpty()
                      && draft.record.isEmpty()
                      && draft.validators.isEmpty()
                      && draft.items.stream().noneMatch(i -> i.accessChanged());
              if (!plain) {
                return call.proceed();
              }
              call.right()
                  .commit(Commit.under(draft.fence, draft.run).item(draft.items.get(0)).build());
              int before = reads.get();
              crowd.await(() -> reads.get() > before + 3);
              draft.items.remove(0);
              return call.with(0, draft.commit());
            });
  }

  /** The thing is there once, but who writes it while another one does tells of it again. */
  private static Bent insertsTwice(Bent bent) {
    Map<Object, Crowd> crowds = new ConcurrentHashMap<>();
    return bent.on(
        "Store.commit",
        call -> {
          Commit commit = call.argument(0);
          if (commit.items().size() != 1) {
            return call.proceed();
          }
          Crowd crowd =
              crowds.computeIfAbsent(
                  List.of(commit.fence().key(), commit.items().get(0).artifact().ref()),
                  x -> new Crowd());
          boolean second = crowd.enter();
          Object committed =
              Mutants.committing(
                  call,
                  d -> {
                    if (second) {
                      d.items.replaceAll(CommitMutants::withEvent);
                    }
                  });
          crowd.leave();
          return committed;
        });
  }

  private static Bent readThenWrite(Bent bent) {
    Crowd crowd = new Crowd();
    Map<ConnectionKey, Fence> newest = new ConcurrentHashMap<>();
    return bent.on(
        "Leases.tryAcquire",
        call -> {
          boolean second = crowd.enter();
          Optional<?> taken = (Optional<?>) call.proceed();
          taken.ifPresent(fence -> newest.put(call.argument(0), (Fence) fence));
          Fence other = newest.get(call.<ConnectionKey>argument(0));
          crowd.leave();
          return second && taken.isEmpty() ? Optional.ofNullable(other) : taken;
        });
  }

  private static Bent oneAtATime(Bent bent) {
    Set<ConnectionKey> inside = ConcurrentHashMap.newKeySet();
    Crowd crowd = new Crowd();
    return bent.on(
        "Store.commit",
        call -> {
          Commit commit = call.argument(0);
          ConnectionKey key = commit.fence().key();
          if (!key.id().startsWith("c")) {
            return call.proceed();
          }
          inside.add(key);
          crowd.enter();
          boolean busy = inside.size() > 1;
          crowd.leave();
          inside.remove(key);
          if (busy) {
            throw new StoreException("database is locked");
          }
          return call.proceed();
        });
  }

  /** Every second event is not yet visible when a reader first comes to it. */
  private static Bent lateCommit(Bent bent) {
    Set<Thread> readers = ConcurrentHashMap.newKeySet();
    Set<Object> shown = ConcurrentHashMap.newKeySet();
    return bent.on(
        "Outbox.events",
        call -> {
          ConnectionKey key = call.argument(0);
          List<Outbox.Event> events = Bent.list(call.proceed());
          if (key.equals(StoreFixture.KEY)) {
            readers.add(Thread.currentThread());
          }
          Set<Object> late = new HashSet<>();
          events.removeIf(
              e ->
                  readers.size() > 1
                      && e.number() % 2 == 0
                      && shown.add(List.of(key, e.number()))
                      && late.add(e));
          return events;
        });
  }

  private static Bent lostCounts(Bent bent) {
    Crowd crowd = new Crowd();
    return bent.on(
        "Store.commit",
        call -> {
          Commit commit = call.argument(0);
          if (commit.counts().equals(Counts.ZERO) || !commit.items().isEmpty()) {
            return call.proceed();
          }
          boolean second = crowd.enter();
          Object committed =
              Mutants.committing(
                  call,
                  d -> {
                    if (second) {
                      d.counts = Counts.ZERO;
                    }
                  });
          crowd.leave();
          return committed;
        });
  }
}
