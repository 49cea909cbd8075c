package dev.corpusync.extract;

import dev.corpusync.sync.SyncCursor;

/**
 * A function from cursor to page: the only thing that the engine knows of a source. It keeps
 * nothing between calls; the engine may call it again with an old cursor, ahead of a commit, from
 * any thread, or never again.
 */
public interface Extractor<C extends SyncCursor> {
  /** The cursor's type, a record that the engine stores as JSON. */
  Class<C> cursor();

  /**
   * The most requests that one {@link #fetch} makes; one more fails the scope. An extractor that
   * walks on by itself would keep everything it read in memory, and lose it all to a crash.
   */
  default int requestsPerPage() {
    return 10;
  }

  /** One page. Exceptions pass through: an error is never an end (P3). */
  Page<C> fetch(FetchRequest<C> ask);
}
