package dev.corpusync.testkit.contract;

import dev.corpusync.store.Checkpoints;
import dev.corpusync.store.Commit;
import dev.corpusync.store.Committed;
import dev.corpusync.store.Connections;
import dev.corpusync.store.Corpus;
import dev.corpusync.store.Journal;
import dev.corpusync.store.Leases;
import dev.corpusync.store.Outbox;
import dev.corpusync.store.Secrets;
import dev.corpusync.store.Store;

/** Before one commit its worker sleeps, and others do something. For one thread. */
record SleepyStore(Store store, Sleep sleep) implements Store {
  /** What happens meanwhile, once. */
  static final class Sleep {
    private final int before;
    private final Runnable meanwhile;
    private int commits;

    /**
     * @param before the commit, counted from 1 over all stores that share this
     */
    Sleep(int before, Runnable meanwhile) {
      this.before = before;
      this.meanwhile = meanwhile;
    }

    private void pass() {
      if (++commits == before) {
        meanwhile.run();
      }
    }
  }

  @Override
  public Committed commit(Commit commit) {
    sleep.pass();
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
