package dev.corpusync.testkit.mutant;

import dev.corpusync.artifact.Payload;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.error.LeaseLostException;
import dev.corpusync.extract.FetchRequest;
import dev.corpusync.extract.Page;
import dev.corpusync.extract.Reply;
import dev.corpusync.store.Commit;
import dev.corpusync.store.CommitResult;
import dev.corpusync.store.Connections;
import dev.corpusync.store.Leases;
import dev.corpusync.store.Store;
import dev.corpusync.sync.Counts;
import dev.corpusync.sync.Fence;
import dev.corpusync.testkit.fault.ForwardingStore;
import dev.corpusync.testkit.mutant.StatefulExtractors.At;
import dev.corpusync.testkit.mutant.StatefulExtractors.ByPlace;
import dev.corpusync.testkit.subject.Client;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What gets into each other's way. */
final class ConcurrencyMutants {
  private ConcurrencyMutants() {}

  static List<Mutant> all() {
    return List.of(
        Mutant.of("gives everyone a lease", FaultyStores.fixture(Generous::new)).foundBy("CONC-01"),
        Mutant.reborn("collects the records of any connection", OneList::new).foundBy("CONC-03"),
        Mutant.reborn("keeps the first page of any connection", OneFirstPage::new)
            .foundBy("CONC-04"),
        Mutant.through("waits on when it is interrupted", WaitsOn::new).foundBy("CONC-05"),
        Mutant.of(
                "takes a refused commit of a lost connection for done",
                FaultyStores.fixture(() -> new Deaf()))
            .foundBy("CONC-06"));
  }

  private static final class Generous extends ForwardingStore {
    Generous(Store store) {
      super(store);
    }

    @Override
    public Leases leases() {
      Leases right = store.leases();
      return new Leases() {
        @Override
        public Optional<Fence> tryAcquire(ConnectionKey key, Instant now, Instant until) {
          return right.tryAcquire(key, now.plus(Duration.ofDays(100)), until);
        }

        @Override
        public Optional<Instant> heldUntil(ConnectionKey key) {
          return right.heldUntil(key);
        }

        @Override
        public boolean renew(Fence fence, Instant until) {
          return right.renew(fence, until);
        }

        @Override
        public void release(Fence fence) {
          right.release(fence);
        }
      };
    }
  }

  /** What it reads is collected in a field while it is read. */
  private static final class OneList extends ByPlace {
    private final List<Payload> collected = new ArrayList<>();

    @Override
    public Page<At> fetch(FetchRequest<At> ask) {
      collected.clear();
      Reply reply = ask(ask, ask.position().map(At::cursor));
      collected.addAll(reply.records("data"));
      return page(reply, List.copyOf(collected), "");
    }
  }

  /** What it read first serves everyone. */
  private static final class OneFirstPage extends ByPlace {
    private @Nullable List<Payload> first;

    @Override
    public Page<At> fetch(FetchRequest<At> ask) {
      Reply reply = ask(ask, ask.position().map(At::cursor));
      List<Payload> records = reply.records("data");
      if (ask.position().isPresent() || ask.since().isPresent()) {
        return page(reply, records, "");
      }
      first = first == null ? records : first;
      return page(reply, first, "");
    }
  }

  private static final class WaitsOn extends HandwrittenApis {
    WaitsOn(Client client) {
      super(client);
    }

    @Override
    void sleep(Duration wait) {
      try {
        client.time().sleep(wait);
      } catch (InterruptedException e) {
        sleep(wait);
      }
    }
  }

  /** Once a connection is gone, it answers every commit of it as if it had been written. */
  private static final class Deaf implements UnaryOperator<Store> {
    private boolean gone;

    @Override
    public Store apply(Store right) {
      return new ForwardingStore(right) {
        @Override
        public CommitResult commit(Commit commit) {
          try {
            return store.commit(commit);
          } catch (LeaseLostException e) {
            if (gone) {
              return new CommitResult(Counts.ZERO);
            }
            throw e;
          }
        }

        @Override
        public Connections connections() {
          return FaultyStores.changed(
              Connections.class,
              store.connections(),
              (method, arguments, result) -> {
                gone |= method.equals("disconnect");
                return result;
              });
        }
      };
    }
  }
}
