package dev.corpusync.testkit.trial;

/** What can get out of a check, or stay behind after it. */
public enum LeakKind {
  /** Something private is in the store, in a checkpoint or in the feed. */
  STORED,
  /** Something private, or the text of a record, is in a log, a message, an exception, a name. */
  TOLD,
  /** The secret is anywhere but in a request. */
  SECRET,
  /** A connection to the API is open after the engine was closed. */
  CONNECTION,
  /** A thread lives on. */
  THREAD,
  /** A file is open. */
  FILE
}
