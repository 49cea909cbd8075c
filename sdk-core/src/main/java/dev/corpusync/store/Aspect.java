package dev.corpusync.store;

/**
 * What a change event says of a document. Order and names are stored: append only.
 *
 * @since 0.1
 */
public enum Aspect {
  CREATED,
  CONTENT,
  METADATA,
  ACCESS,
  DELETED
}
