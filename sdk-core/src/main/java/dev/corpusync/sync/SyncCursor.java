package dev.corpusync.sync;

/**
 * Where the next page of a listing starts. An extractor's own record of plain values; the engine
 * stores it as JSON and compares formats by its components, so a record that gains or loses one
 * makes stored cursors old and the scope is read in full again (P4).
 *
 * @since 0.1
 */
public interface SyncCursor {}
