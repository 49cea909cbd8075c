package dev.corpusync.extract;

import dev.corpusync.sync.SyncCursor;

/**
 * The cursor of a listing.
 *
 * @param position of the page, opaque
 * @param read how many entries were read before it, in a log with a cap; 0 elsewhere
 */
record ListingCursor(String position, long read) implements SyncCursor {
  ListingCursor(String position) {
    this(position, 0);
  }
}
