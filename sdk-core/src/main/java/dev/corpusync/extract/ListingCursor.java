package dev.corpusync.extract;

import dev.corpusync.sync.SyncCursor;

/**
 * @param position where the listing goes on, opaque
 * @param read how many entries came before it, in a log that gives out only so many; 0 elsewhere
 */
record ListingCursor(String position, long read) implements SyncCursor {
  ListingCursor(String position) {
    this(position, 0);
  }
}
