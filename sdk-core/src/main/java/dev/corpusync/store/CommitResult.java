package dev.corpusync.store;

import dev.corpusync.sync.Counts;

/** What a commit added to its run's counts, deletions by cascade and all events included. */
public record CommitResult(Counts counts) {}
