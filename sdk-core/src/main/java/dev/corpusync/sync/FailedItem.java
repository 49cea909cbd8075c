package dev.corpusync.sync;

import java.time.Instant;

/**
 * A record that could not be read, by reference and reason, never content (P10).
 *
 * @param id in the source, within the scope's stream; or a fingerprint when {@code readable} is
 *     false
 * @param readable whether the id could be read; one that could not spoils the proof of its listing
 * @param attempts how often it was tried
 */
public record FailedItem(
    Scope scope,
    String id,
    boolean readable,
    String reason,
    int attempts,
    Instant first,
    Instant last) {}
