package dev.corpusync.engine;

import dev.corpusync.sync.Trouble;

/** Why one scope of a run failed, while others went on. */
record ScopeFailure(String why, Trouble trouble) {}
