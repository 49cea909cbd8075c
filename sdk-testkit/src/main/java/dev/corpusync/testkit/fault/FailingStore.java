package dev.corpusync.testkit.fault;

import dev.corpusync.error.StoreException;
import dev.corpusync.store.Commit;
import dev.corpusync.store.CommitResult;
import dev.corpusync.store.Store;

/**
 * Fails one commit, or all from one on, while its process lives on. Everything else reaches the
 * store. For one thread.
 *
 * @since 0.1
 */
public final class FailingStore extends ForwardingStore {
  private final How how;
  private final int at;
  private int commits;
  private boolean healed;

  /** How a commit fails. */
  public enum How {
    /** Nothing of it is written. */
    ONCE,
    /** Nothing of it is written, nor of any after it. */
    FROM_THEN_ON,
    /** All of it is written, and the answer is lost. */
    AFTER_COMMITTING
  }

  /**
   * @param at the commit that fails, counted from 1
   */
  public FailingStore(Store store, How how, int at) {
    super(store);
    this.how = how;
    this.at = at;
  }

  /** No commit fails any more. */
  public void heal() {
    healed = true;
  }

  /** Whether the commit was reached. */
  public boolean failed() {
    return commits >= at;
  }

  @Override
  public CommitResult commit(Commit commit) {
    int number = ++commits;
    boolean fails = how == How.FROM_THEN_ON ? number >= at : number == at;
    if (healed || !fails) {
      return store.commit(commit);
    }
    if (how == How.AFTER_COMMITTING) {
      CommitResult lost = store.commit(commit);
      throw new StoreException("the answer to commit " + number + " was lost: " + lost.counts());
    }
    throw new StoreException("commit " + number + " failed, as planned");
  }
}
