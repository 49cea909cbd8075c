package dev.corpusync.connector;

import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.Visibility;
import dev.corpusync.document.Access;

/** What a stream of things that people may or may not see answers beside {@link Stream}. */
public sealed interface Guarded permits DocumentStream, ContainerStream {
  /**
   * May it be stored at all? Only values on an allow-list say so (P6). A hidden container hides
   * everything in it.
   */
  Visibility visibility(Item item);

  /** Who may read it? Parts that could not be read make it unknown (P5). */
  Access access(Item item);
}
