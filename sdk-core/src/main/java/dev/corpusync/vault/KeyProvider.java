package dev.corpusync.vault;

import java.util.Optional;

/**
 * Where the host keeps its sealing keys: a file, the environment, a key service. Called from any
 * thread, at each use; it may cache.
 */
public interface KeyProvider {
  /** Seals what is written from now on. */
  SealingKey current();

  /** For what was sealed earlier; empty when the key is not there any more. */
  Optional<SealingKey> find(String id);
}
