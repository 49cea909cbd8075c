package dev.corpusync.testkit.mutant;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.document.Ref;
import dev.corpusync.error.LeaseLostException;
import dev.corpusync.store.Commit;
import dev.corpusync.store.CommitResult;
import dev.corpusync.store.Leases;
import dev.corpusync.store.Outbox;
import dev.corpusync.store.Store;
import dev.corpusync.sync.Fence;
import dev.corpusync.sync.Run;
import dev.corpusync.testkit.fault.ForwardingStore;
import dev.corpusync.testkit.store.MutableCommit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** What a crash finds out. */
final class CrashMutants {
  private CrashMutants() {}

  static List<Mutant> all() {
    return List.of(
        Mutant.reborn("holds the last record of a page back", StatefulExtractors.HoldsBack::new)
            .foundBy("CRASH-01"),
        Mutant.reborn("walks again to where it was", StatefulExtractors.WalksAgain::new)
            .foundBy("CRASH-02"),
        Mutant.of("tells the last event again", FaultyStores.fixture(TellsAgain::new))
            .foundBy("CRASH-03"),
        Mutant.reborn("takes a lost place for the end", StatefulExtractors.EndsWithoutPlace::new)
            .foundBy("CRASH-04"),
        Mutant.reborn("tries again after any Throwable", StatefulExtractors.TriesAgain::new)
            .foundBy("CRASH-05"),
        Mutant.reborn("takes a failed request for the end", StatefulExtractors.CatchesAll::new),
        Mutant.reborn("continues after one death only", StatefulExtractors.GoesOnOnce::new)
            .foundBy("CRASH-06"),
        Mutant.reborn("begins anew in each process", StatefulExtractors.BeginsAnew::new)
            .foundBy("CRASH-07"),
        Mutant.reborn("goes ahead in memory of what is stored", StatefulExtractors.GoesAhead::new)
            .foundBy("CRASH-09"),
        Mutant.reborn("never asks twice for a page", StatefulExtractors.AsksOnce::new)
            .foundBy("CRASH-12"),
        Mutant.of("writes under any fence", FaultyStores.fixture(AnyFence::new))
            .foundBy("CRASH-13"),
        Mutant.of("refuses an old fence in silence", FaultyStores.fixture(CrashMutants::silent))
            .foundBy("CRASH-13"),
        Mutant.reborn("continues in one thread only", StatefulExtractors.OneThread::new)
            .foundBy("CRASH-15"),
        Mutant.of("never takes back what it deleted", FaultyStores.fixture(NeverBack::new))
            .foundBy("CRASH-16"));
  }

  /** What was deleted once is not written again. */
  private static final class NeverBack implements UnaryOperator<Store> {
    private final Set<Ref> gone = new HashSet<>();

    @Override
    public Store apply(Store right) {
      return new ForwardingStore(right) {
        @Override
        public CommitResult commit(Commit commit) {
          commit.deletions().forEach(d -> gone.add(d.ref()));
          MutableCommit kept = new MutableCommit(commit);
          kept.items.removeIf(item -> gone.contains(item.artifact().ref()));
          return store.commit(kept.commit());
        }
      };
    }
  }

  /** After a death the outbox has its last event twice. */
  private static final class TellsAgain implements UnaryOperator<Store> {
    private boolean underWay;
    private int deaths;

    @Override
    public Store apply(Store right) {
      if (underWay) {
        deaths++;
        underWay = false;
      }
      return new ForwardingStore(right) {
        @Override
        public CommitResult commit(Commit commit) {
          underWay = commit.record().map(r -> r.state() == Run.State.RUNNING).orElse(underWay);
          return store.commit(commit);
        }

        @Override
        public Outbox outbox() {
          return told(store.outbox());
        }
      };
    }

    private Outbox told(Outbox right) {
      return FaultyStores.changed(
          Outbox.class,
          right,
          (method, arguments, result) -> method.equals("events") ? more((List<?>) result) : result);
    }

    private List<Object> more(List<?> told) {
      List<Object> events = new ArrayList<>(told);
      for (int i = 0; i < deaths && !events.isEmpty(); i++) {
        events.add(events.get(events.size() - 1));
      }
      return events;
    }
  }

  /** Writes nothing for a worker that lost its lease, and answers as if it had. */
  private static Store silent(Store right) {
    return new ForwardingStore(right) {
      @Override
      public CommitResult commit(Commit commit) {
        try {
          return store.commit(commit);
        } catch (LeaseLostException e) {
          return new CommitResult(commit.counts());
        }
      }
    };
  }

  /** The newest fence is as good as one's own. */
  private static final class AnyFence implements UnaryOperator<Store> {
    private Optional<Fence> newest = Optional.empty();

    @Override
    public Store apply(Store right) {
      return new ForwardingStore(right) {
        @Override
        public CommitResult commit(Commit commit) {
          try {
            return store.commit(commit);
          } catch (LeaseLostException e) {
            MutableCommit again = new MutableCommit(commit);
            again.fence = newest.orElseThrow();
            return store.commit(again.commit());
          }
        }

        @Override
        public Leases leases() {
          return new Noting(store.leases());
        }
      };
    }

    /** Notes each fence that is given out. */
    private final class Noting implements Leases {
      private final Leases leases;

      Noting(Leases leases) {
        this.leases = leases;
      }

      @Override
      public Optional<Fence> tryAcquire(ConnectionKey key, Instant now, Instant until) {
        Optional<Fence> fence = leases.tryAcquire(key, now, until);
        newest = fence.or(() -> newest);
        return fence;
      }

      @Override
      public Optional<Instant> heldUntil(ConnectionKey key) {
        return leases.heldUntil(key);
      }

      @Override
      public boolean renew(Fence fence, Instant until) {
        return leases.renew(newest.orElse(fence), until);
      }

      @Override
      public void release(Fence fence) {
        leases.release(newest.orElse(fence));
      }
    }
  }
}
