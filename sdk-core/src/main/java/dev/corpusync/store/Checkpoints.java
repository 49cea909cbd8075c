package dev.corpusync.store;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.sync.Checkpoint;
import dev.corpusync.sync.Scope;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the checkpoints of scopes; written only by {@link Store#commit}.
 *
 * @since 0.1
 */
public interface Checkpoints {
  Optional<Checkpoint> checkpoint(ConnectionKey key, Scope scope);

  /** Returns the fingerprints of the pages that the current pass has listed, by page number. */
  List<long[]> seen(ConnectionKey key, Scope scope);

  /** Returns the stored ETags of these requests, by {@link EntityTag#call()}. */
  Map<String, EntityTag> entityTags(ConnectionKey key, Collection<String> calls);
}
