package dev.corpusync.connector;

import dev.corpusync.extract.ByIds;

/**
 * A stream whose records can be fetched by id. Failed items are then retried, deletions confirmed,
 * and single records refreshed.
 *
 * @since 0.1
 */
public interface FetchedByIds {
  /** Returns how records are fetched by id. */
  ByIds byIds();
}
