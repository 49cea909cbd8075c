package dev.corpusync.sync;

import dev.corpusync.connection.ConnectionKey;

/**
 * Receives the events of runs. Must not block: it is called on the working threads, by several at
 * once. Nothing private is passed.
 *
 * <p>An exception of a listener is logged, by its type and place, and does no more: the run
 * continues, and other listeners are called. An {@link Error} ends the run, as one of a connector
 * does.
 *
 * @since 0.1
 */
public interface RunListener {
  /** A run has begun. Not called for a run that ends {@code BUSY}. */
  default void runStarted(Run run) {}

  /** A page was committed. */
  default void pageCommitted(ConnectionKey key, Scope scope, Counts soFar) {}

  /**
   * Something needs an administrator's look: a full resync, a held deletion, an item that failed.
   */
  default void noticed(ConnectionKey key, String what) {}

  /**
   * A run has ended. Called exactly once for each {@link #runStarted}, however the run ends: also
   * when the store fails, the lease is lost, or a connector throws an {@link Error}. Only the death
   * of the process prevents it.
   */
  default void runEnded(Run run) {}

  /** Returns a listener that does nothing. */
  static RunListener silent() {
    return new RunListener() {};
  }
}
