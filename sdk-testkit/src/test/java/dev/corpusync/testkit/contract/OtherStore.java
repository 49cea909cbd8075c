package dev.corpusync.testkit.contract;

import dev.corpusync.store.Checkpoints;
import dev.corpusync.store.Commit;
import dev.corpusync.store.Committed;
import dev.corpusync.store.Connections;
import dev.corpusync.store.Corpus;
import dev.corpusync.store.ItemWrite;
import dev.corpusync.store.Journal;
import dev.corpusync.store.Leases;
import dev.corpusync.store.Outbox;
import dev.corpusync.store.Secrets;
import dev.corpusync.store.Store;
import dev.corpusync.sync.Fence;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** A store as it should be; what is wrong is what overrides it. */
class OtherStore implements Store {
  final Store store;

  OtherStore(Store store) {
    this.store = store;
  }

  /** In memory, each opening changed. */
  static StoreFixture fixture(UnaryOperator<Store> changed) {
    return fixture(() -> changed);
  }

  /** In memory; each database has what remembers over its openings. */
  static StoreFixture fixture(java.util.function.Supplier<UnaryOperator<Store>> perDatabase) {
    return new StoreFixture() {
      @Override
      public String name() {
        return "wrong";
      }

      @Override
      public Database create() {
        Database right = StoreFixture.inMemory().create();
        UnaryOperator<Store> changed = perDatabase.get();
        return new Database() {
          @Override
          public Store open() {
            return changed.apply(right.open());
          }

          @Override
          public void close() {
            right.close();
          }
        };
      }
    };
  }

  /** The same, under another fence. */
  static Commit under(Fence fence, Commit from) {
    return under(fence, from, item -> true);
  }

  /** The same, under another fence and with some of the items. */
  static Commit under(Fence fence, Commit from, Predicate<ItemWrite> kept) {
    Commit.Builder commit = Commit.under(fence, from.run()).count(from.counts());
    from.items().stream().filter(kept).forEach(commit::item);
    from.deletions().forEach(commit::delete);
    from.changedReferences().forEach(commit::referenceChanged);
    from.validators().forEach(commit::validator);
    from.failures().forEach(commit::failed);
    from.resolved().forEach(r -> commit.resolved(r.scope(), r.id()));
    from.progress().ifPresent(commit::progress);
    from.seen().ifPresent(commit::seen);
    from.forgetSeen().ifPresent(commit::forgetSeen);
    from.held().ifPresent(commit::held);
    from.decided().ifPresent(commit::decided);
    from.record().ifPresent(commit::record);
    return commit.build();
  }

  @Override
  public Committed commit(Commit commit) {
    return store.commit(commit);
  }

  @Override
  public Connections connections() {
    return store.connections();
  }

  @Override
  public Leases leases() {
    return store.leases();
  }

  @Override
  public Corpus corpus() {
    return store.corpus();
  }

  @Override
  public Checkpoints checkpoints() {
    return store.checkpoints();
  }

  @Override
  public Journal journal() {
    return store.journal();
  }

  @Override
  public Secrets secrets() {
    return store.secrets();
  }

  @Override
  public Outbox outbox() {
    return store.outbox();
  }

  @Override
  public void close() {
    store.close();
  }
}
