package dev.corpusync.connector;

import dev.corpusync.artifact.Item;

/**
 * A stream of records that others only mention, such as users. Stored for lookups, never searched.
 *
 * @since 0.1
 */
public non-sealed interface ReferenceStream extends Stream {
  /** Returns the name that a lookup finds. */
  String name(Item item);
}
