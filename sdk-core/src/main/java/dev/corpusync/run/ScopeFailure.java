package dev.corpusync.run;

import dev.corpusync.sync.FailureKind;

/** Why one scope of a run failed; the other scopes are synced all the same. */
public record ScopeFailure(String why, FailureKind failureKind) {}
