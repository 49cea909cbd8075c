package dev.corpusync.store;

/**
 * What a connector answers about a record, each made of other things. Stored by name; a later
 * version may add values.
 *
 * @since 0.1
 */
public enum Answer {
  /** The document of a record. */
  TEXT,
  /** Whether it may be stored. */
  VISIBILITY,
  /** Who may read it. */
  ACCESS
}
