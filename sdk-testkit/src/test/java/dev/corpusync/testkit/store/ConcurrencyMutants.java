package dev.corpusync.testkit.store;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.error.StoreException;
import dev.corpusync.store.Commit;
import dev.corpusync.store.Outbox;
import dev.corpusync.sync.Counts;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Mistakes that show only when several threads do something. Each shows what a meeting of theirs
 * would lead to in whatever order they come, so that no check depends on whether they meet.
 */
final class ConcurrencyMutants {
  private ConcurrencyMutants() {}

  static void into(StoreMutants m) {
    m.add("STO-02a", "writes a commit in two transactions", ConcurrencyMutants::twoTransactions);
    m.add("STO-04c", "inserts what another one has inserted", ConcurrencyMutants::insertsTwice);
    m.add("STO-08a", "a lease is read and then written", ConcurrencyMutants::readThenWrite);
    m.add("STO-16a", "two connections cannot be written at once", ConcurrencyMutants::oneAtATime);
    m.add("STO-16b", "a reader passes over a late commit", ConcurrencyMutants::lateCommit);
    m.add("STO-16c", "adds to counts that another one has changed", ConcurrencyMutants::lostCounts);
  }

  /** A worker's first torn commit waits for a reader of its half. */
  private static AlteredStore twoTransactions(AlteredStore altered) {
    // fair, or readers that continue reading would never let the writer in
    ReadWriteLock lock = new ReentrantReadWriteLock(true);
    boolean[] torn = new boolean[1];
    CountDownLatch shown = new CountDownLatch(1);
    return altered
        .on(
            "Corpus.documents",
            call -> {
              lock.readLock().lock();
              try {
                Object answer = call.proceed();
                if (torn[0]) {
                  shown.countDown();
                }
                return answer;
              } finally {
                lock.readLock().unlock();
              }
            })
        .on(
            "Store.commit",
            call -> {
              MutableCommit draft = new MutableCommit(call.argument(0));
              if (!altered.inWorker() || draft.items.size() != 3) {
                return call.proceed();
              }
              lock.writeLock().lock();
              try {
                call.right()
                    .commit(
                        Commit.under(draft.fence, draft.run).item(draft.items.remove(0)).build());
                torn[0] = true;
              } finally {
                lock.writeLock().unlock();
              }
              Rendezvous.await(shown);
              return call.with(0, draft.commit());
            });
  }

  /** The thing is there once, but a thread to which it is new tells of it again. */
  private static AlteredStore insertsTwice(AlteredStore altered) {
    Map<Object, Thread> writers = new ConcurrentHashMap<>();
    return altered.on(
        "Store.commit",
        call ->
            StoreMutants.committing(
                call,
                d ->
                    d.items.replaceAll(
                        item -> {
                          Thread mine = Thread.currentThread();
                          Object at = List.of(d.fence.key(), item.artifact().ref());
                          Thread first = writers.computeIfAbsent(at, x -> mine);
                          return first == mine ? item : CommitMutants.withEvent(item);
                        })));
  }

  /** Of those who ask at one moment, all get what the first one got. */
  private static AlteredStore readThenWrite(AlteredStore altered) {
    record Taken(Instant at, Thread by, Object fence) {}
    Map<ConnectionKey, Taken> newest = new HashMap<>();
    return altered.on(
        "Leases.tryAcquire",
        call -> {
          ConnectionKey key = call.argument(0);
          Instant now = call.argument(1);
          Thread mine = Thread.currentThread();
          synchronized (newest) {
            Optional<?> taken = (Optional<?>) call.proceed();
            taken.ifPresent(fence -> newest.put(key, new Taken(now, mine, fence)));
            Optional<Taken> other =
                Optional.ofNullable(newest.get(key))
                    .filter(t -> t.at().equals(now) && t.by() != mine);
            return taken.isPresent() ? taken : other.map(Taken::fence);
          }
        });
  }

  /** The workers' first connection keeps the others out. */
  private static AlteredStore oneAtATime(AlteredStore altered) {
    Map<String, ConnectionKey> written = new ConcurrentHashMap<>();
    return altered.on(
        "Store.commit",
        call -> {
          ConnectionKey key = call.<Commit>argument(0).fence().key();
          if (altered.inWorker() && !written.computeIfAbsent("only", x -> key).equals(key)) {
            throw new StoreException("database is locked");
          }
          return call.proceed();
        });
  }

  /** Every second event becomes visible to workers when one of them has read a later one. */
  private static AlteredStore lateCommit(AlteredStore altered) {
    long[] read = new long[1];
    return altered.on(
        "Outbox.events",
        call -> {
          if (!altered.inWorker() || !call.argument(0).equals(StoreFixture.KEY)) {
            return call.proceed();
          }
          synchronized (read) {
            List<Outbox.Event> events = AlteredStore.list(call.proceed());
            events.removeIf(e -> e.number() % 2 == 0 && e.number() > read[0]);
            events.forEach(e -> read[0] = Math.max(read[0], e.number()));
            return events;
          }
        });
  }

  /**
   * A worker that was not the last to write does not know what there is, and loses what it adds.
   */
  private static AlteredStore lostCounts(AlteredStore altered) {
    AtomicReference<Thread> last = new AtomicReference<>(Thread.currentThread());
    return altered.on(
        "Store.commit",
        call -> {
          Commit commit = call.argument(0);
          if (commit.counts().equals(Counts.ZERO) || !commit.items().isEmpty()) {
            return call.proceed();
          }
          Thread mine = Thread.currentThread();
          boolean lost = last.getAndSet(mine) != mine;
          return StoreMutants.committing(call, d -> d.counts = lost ? Counts.ZERO : d.counts);
        });
  }
}
