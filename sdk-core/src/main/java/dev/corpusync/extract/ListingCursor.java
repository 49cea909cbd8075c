package dev.corpusync.extract;

import dev.corpusync.sync.SyncCursor;

/**
 * @param position where the listing goes on, opaque
 */
record ListingCursor(String position) implements SyncCursor {}
