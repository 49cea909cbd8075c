package dev.corpusync.connector;

import dev.corpusync.document.Kind;

/**
 * A stream that is listed once in each stored container of another stream, several at a time.
 *
 * @since 0.1
 */
public interface Nested {
  /** Returns the kind of the containers. */
  Kind parent();

  /** Returns where ids are unique. */
  Ids ids();

  /** Where ids are unique. */
  enum Ids {
    /**
     * In the whole connection: a record that moves to another container stays the same. A record
     * that is listed in two containers is an error.
     */
    EVERYWHERE,
    /**
     * In one container only: the identity is {@code parent/id}, a {@link
     * dev.corpusync.document.NestedId}.
     */
    UNDER_PARENT
  }
}
