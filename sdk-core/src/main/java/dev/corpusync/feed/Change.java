package dev.corpusync.feed;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.document.Ref;
import dev.corpusync.store.Aspect;
import dev.corpusync.store.Outbox;
import dev.corpusync.store.StoredDocument;
import java.util.Set;

/**
 * A change of the corpus, delivered to a subscriber at least once: handling one twice must do no
 * harm.
 *
 * <p>A minor release may add kinds of change. A subscriber ignores a kind that it does not know:
 * end a chain of {@code instanceof} without an error, and give a {@code switch} a {@code default}.
 *
 * @since 0.1
 */
public sealed interface Change {
  /** Returns the connection whose corpus changed. */
  ConnectionKey connection();

  /** Returns the position of the subscriber once this change is acknowledged. */
  Outbox.Position position();

  /**
   * A document is new or differs.
   *
   * @param document as it is now, with the readers that it has now
   * @param aspects what changed; {@code CREATED} also for the current state after {@code startOver}
   * @param changedChunks keys of the chunks to embed again
   * @param removedChunks keys of the chunks to drop
   */
  record Stored(
      ConnectionKey connection,
      StoredDocument document,
      Set<Aspect> aspects,
      Set<String> changedChunks,
      Set<String> removedChunks,
      Outbox.Position position)
      implements Change {}

  /** A document is deleted, or may no longer be stored. */
  record Deleted(ConnectionKey connection, Ref ref, Outbox.Position position) implements Change {}

  /** A connection is disconnected: everything of it is erased. */
  record Disconnected(ConnectionKey connection, Outbox.Position position) implements Change {}
}
