package dev.corpusync.extract;

import dev.corpusync.sync.SyncCursor;

/**
 * Reads one page at a time from an API: a function from cursor to page. It keeps nothing between
 * calls. The engine may call it again with an old cursor, before the last page is committed, from
 * any thread, or never again.
 *
 * @since 0.1
 */
public interface Extractor<C extends SyncCursor> {
  /**
   * The cursor's type, a record that is stored as JSON. In a module, its package must be open to
   * {@code tools.jackson.databind}, unless it is a public record of an exported package.
   */
  Class<C> cursor();

  /**
   * The most requests that one {@link #fetch} makes; one more fails the scope. An extractor that
   * reads page after page by itself would keep them all in memory, and lose them in a crash.
   */
  default int requestsPerPage() {
    return 10;
  }

  /** Reads one page. Exceptions pass through: an error is never an end (P3). */
  Page<C> fetch(FetchRequest<C> request);
}
