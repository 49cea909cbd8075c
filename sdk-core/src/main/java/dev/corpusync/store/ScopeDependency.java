package dev.corpusync.store;

import dev.corpusync.artifact.Dependency;
import dev.corpusync.sync.Scope;

/**
 * What an answer about the items of a scope was made of, where all of them share it: a setting, by
 * the whole stream; a container or one above it, by the items of one container (P9).
 *
 * @param scope the stream for a setting, else the stream in its container
 * @since 0.1
 */
public record ScopeDependency(Scope scope, Answer answer, Dependency on) {}
