package dev.corpusync.engine;

import dev.corpusync.connection.ConnectionKey;
import java.time.Duration;
import java.time.Instant;

/**
 * A connection that this process syncs at an interval.
 *
 * @param every the interval
 * @param next when it is synced next, as soon as the bounds allow it; while it runs, the earliest
 *     time of the run after that
 * @since 0.1
 */
public record Scheduled(ConnectionKey key, Duration every, Instant next) {}
