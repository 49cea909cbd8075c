package dev.corpusync.store;

import dev.corpusync.artifact.Artifact;
import java.util.Optional;
import java.util.Set;

/**
 * One thing to store.
 *
 * @param derived its document; empty for containers and references
 * @param event what to tell subscribers; empty when nothing that they see has changed
 * @param accessChanged whether the readers of things that inherit from it change: the store tells
 *     subscribers of each of those
 */
public record ItemWrite(
    Artifact artifact, Optional<Derived> derived, Optional<Event> event, boolean accessChanged) {
  /**
   * @param aspects what changed
   * @param changedChunks keys of chunks that are new or have another text
   * @param removedChunks keys of chunks that are gone
   */
  public record Event(Set<Aspect> aspects, Set<String> changedChunks, Set<String> removedChunks) {}
}
