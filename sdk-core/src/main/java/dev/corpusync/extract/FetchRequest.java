package dev.corpusync.extract;

import dev.corpusync.sync.SyncCursor;
import java.time.Instant;
import java.util.Optional;

/**
 * One question to an extractor: the next page, please.
 *
 * @param position where to go on; empty for the first page
 * @param since what changed from then on, the watermark without any overlap; empty for everything
 * @param deltaToken the token that the last finished pass ended with; given with {@code since}'s
 *     role for delta sources
 * @param now this moment by our clock; never a watermark by itself (P4)
 */
public record FetchRequest<C extends SyncCursor>(
    At at,
    Api api,
    Optional<C> position,
    Optional<Instant> since,
    Optional<C> deltaToken,
    Instant now) {}
