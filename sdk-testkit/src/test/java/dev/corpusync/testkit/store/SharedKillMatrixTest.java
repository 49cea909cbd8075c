package dev.corpusync.testkit.store;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.error.LeaseLostException;
import dev.corpusync.relational.RelationalStore;
import dev.corpusync.store.Commit;
import dev.corpusync.store.CommitResult;
import dev.corpusync.store.Store;
import dev.corpusync.sync.Fence;
import dev.corpusync.testkit.mutant.KillMatrix;
import dev.corpusync.testkit.mutant.KillMatrixContract;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.io.TempDir;

/** The contract of stores that outlive their process against wrong ones, on SQLite. */
class SharedKillMatrixTest extends KillMatrixContract {
  static final KillMatrix<?> MATRIX =
      StoreTrial.matrix(
          "shared",
          Tried.class,
          List.of(
              wrong("STO-08b", "keeps leases in the process", LeasesInMemory.class),
              wrong("STO-10f", "takes a lost lease again by itself", TakesItAgain.class),
              wrong("STO-24a", "says committed before it is", WritesBehind.class)));
  private static final AtomicInteger NUMBER = new AtomicInteger();
  @TempDir static Path folder;

  /** Keeps leases in the process. */
  public static final class LeasesInMemory implements StoreOpener {
    @Override
    public Store open(String place) {
      Map<ConnectionKey, Instant> until = new ConcurrentHashMap<>();
      return new AlteredStore(RelationalStore.sqlite(Path.of(place)))
          .on(
              "Leases.tryAcquire",
              call -> {
                Instant now = call.argument(1);
                synchronized (until) {
                  if (until.getOrDefault(call.argument(0), now).isAfter(now)) {
                    return Optional.empty();
                  }
                  until.put(call.argument(0), call.argument(2));
                }
                return call.with(1, now.plusSeconds(1_000_000));
              })
          .store();
    }
  }

  /** Takes the lease again where it was lost, and writes. */
  public static final class TakesItAgain implements StoreOpener {
    @Override
    public Store open(String place) {
      return new AlteredStore(RelationalStore.sqlite(Path.of(place)))
          .on(
              "Store.commit",
              call -> {
                try {
                  return call.proceed();
                } catch (LeaseLostException e) {
                  MutableCommit draft = new MutableCommit(call.argument(0));
                  Instant late = StoreFixture.T0.plusSeconds(1_000_000);
                  Optional<Fence> again =
                      call.right().leases().tryAcquire(draft.fence.key(), late, late);
                  draft.fence = again.orElseThrow(() -> e);
                  return call.with(0, draft.commit());
                }
              })
          .store();
    }
  }

  /** Says that a page is committed and commits it when five more have come. */
  public static final class WritesBehind implements StoreOpener {
    @Override
    public Store open(String place) {
      List<AlteredStore.Call> waiting = new ArrayList<>();
      return new AlteredStore(RelationalStore.sqlite(Path.of(place)))
          .on(
              "Store.commit",
              call -> {
                Commit commit = call.argument(0);
                if (commit.checkpoint().isEmpty()) {
                  return call.proceed();
                }
                waiting.add(call);
                if (waiting.size() > 5) {
                  waiting.remove(0).proceed();
                }
                return new CommitResult(commit.counts());
              })
          .on(
              "Corpus|Checkpoints|Outbox|Leases",
              call -> {
                waiting.forEach(AlteredStore.Call::proceed);
                waiting.clear();
                return call.proceed();
              })
          .store();
    }
  }

  private static KillMatrix.Entry<Supplier<? extends StoreFixture>> wrong(
      String foundBy, String name, Class<? extends StoreOpener> opener) {
    return KillMatrix.Entry.of(name, foundBy, () -> new Tried(opener));
  }

  /** The contract over a store that is wrong in every process. */
  static final class Tried extends SharedContract {
    private final Class<? extends StoreOpener> opener;

    Tried(Class<? extends StoreOpener> opener) {
      this.opener = opener;
    }

    @Override
    protected Class<? extends StoreOpener> opener() {
      return opener;
    }

    @Override
    protected String emptyPlace() {
      return folder.resolve("tried" + NUMBER.incrementAndGet() + ".db").toString();
    }

    @Override
    protected void requireSound(String at) throws SQLException {
      SqliteSharedTest.requireSoundFile(at);
    }
  }

  @Override
  protected KillMatrix<?> matrix() {
    return MATRIX;
  }
}
