package dev.corpusync.run;

import dev.corpusync.sync.FailureKind;

/** Why one scope of a run failed, while others went on. */
public record ScopeFailure(String why, FailureKind failureKind) {}
