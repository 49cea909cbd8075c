package dev.corpusync.store;

import dev.corpusync.sync.Counts;

/**
 * What a commit added to its run's counts, deletions by cascade and all events included.
 *
 * @since 0.1
 */
public record CommitResult(Counts counts) {}
