package dev.corpusync.sync;

/** What kept a run from succeeding, by who can do something about it. */
public enum FailureKind {
  /** Nothing did. */
  NONE,
  /** The API does not accept our credentials, or no longer as the same account. */
  AUTHORISATION,
  /** The API accepts us, and does not let us read something. */
  PERMISSION,
  /** What answers there is not the API. */
  WRONG_SITE,
  /** Nothing answers, or only errors; it may pass by itself. */
  UNREACHABLE,
  /** Anything else; the run's message says it. */
  OTHER
}
