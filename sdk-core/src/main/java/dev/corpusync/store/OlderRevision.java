package dev.corpusync.store;

import dev.corpusync.artifact.Revision;

/**
 * An older revision of a stored record that a full pass saw: the source was restored, or a replica
 * lags. The stored access is narrowed until another full pass tells which of the two it was (P8).
 *
 * @param round of the runs that saw it
 * @since 0.1
 */
public record OlderRevision(Revision revision, String round) {}
