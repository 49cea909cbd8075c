package dev.corpusync.connector;

import dev.corpusync.document.Kind;

/**
 * A stream that is listed once under each stored container of another: one partition each, run
 * concurrently.
 */
public interface Nested {
  /** Under what? */
  Kind parent();

  /** Where are its ids unique? */
  Ids ids();

  /** Where ids are unique. */
  enum Ids {
    /**
     * Everywhere: a thing that moves to another parent stays the same; one listed under two parents
     * is an error.
     */
    EVERYWHERE,
    /** Only under one parent: the identity is {@code parent/id}. */
    UNDER_PARENT
  }
}
