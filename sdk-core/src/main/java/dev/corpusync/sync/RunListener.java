package dev.corpusync.sync;

import dev.corpusync.connection.ConnectionKey;

/**
 * Hears how runs get on. Called on the working threads, so be quick; several may call at once.
 * Nothing private is passed. An exception from a listener fails the run.
 */
public interface RunListener {
  default void runStarted(Run run) {}

  /** After each commit of a page, with the run's counts so far. */
  default void pageCommitted(ConnectionKey key, Scope scope, Counts soFar) {}

  /**
   * Something worth an administrator's look: a full resync, a held deletion, an item that failed.
   */
  default void noticed(ConnectionKey key, String what) {}

  default void runEnded(Run run) {}

  static RunListener silent() {
    return new RunListener() {};
  }
}
