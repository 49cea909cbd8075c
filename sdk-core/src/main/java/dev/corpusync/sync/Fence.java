package dev.corpusync.sync;

import dev.corpusync.connection.ConnectionKey;

/**
 * The right to write for one connection. The store refuses a commit with a number other than the
 * newest, or of another generation (P2); time plays no part in that.
 *
 * @since 0.1
 */
public record Fence(ConnectionKey key, String generation, long number) {}
