package dev.corpusync.connector;

import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.Visibility;
import dev.corpusync.document.Access;

/**
 * A stream whose records have a visibility and an access: documents and containers.
 *
 * <p>Not for implementing: a minor release may add further kinds of stream.
 *
 * @since 0.1
 */
public sealed interface Guarded permits DocumentStream, ContainerStream {
  /**
   * Returns whether a record may be stored at all. Only values of an allow-list make it visible
   * (P6). A hidden container hides everything in it.
   */
  Visibility visibility(Item item);

  /** Returns who may read a record. An unknown part makes the access unknown (P5). */
  Access access(Item item);
}
