package dev.corpusync.testkit.trial;

import dev.corpusync.store.Commit;
import dev.corpusync.store.CommitResult;
import dev.corpusync.store.Store;
import dev.corpusync.testkit.fault.ForwardingStore;

/** Before one commit its worker sleeps, and others do something. For one thread. */
public final class SlowStore extends ForwardingStore {
  private final Sleep sleep;

  public SlowStore(Store store, Sleep sleep) {
    super(store);
    this.sleep = sleep;
  }

  /** What happens meanwhile, once. */
  public static final class Sleep {
    private final int before;
    private final Runnable meanwhile;
    private int commits;

    /**
     * @param before the commit, counted from 1 over all stores that share this
     */
    public Sleep(int before, Runnable meanwhile) {
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
  public CommitResult commit(Commit commit) {
    sleep.pass();
    return store.commit(commit);
  }
}
