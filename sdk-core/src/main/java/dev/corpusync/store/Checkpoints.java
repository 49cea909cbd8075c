package dev.corpusync.store;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.sync.Checkpoint;
import dev.corpusync.sync.Scope;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How far each scope got; written only by {@link Store#commit}.
 *
 * @since 0.1
 */
public interface Checkpoints {
  Optional<Checkpoint> checkpoint(ConnectionKey key, Scope scope);

  /** The pages of the pass under way, by number. */
  List<long[]> seen(ConnectionKey key, Scope scope);

  /** By {@link EntityTag#call()}. */
  Map<String, EntityTag> entityTags(ConnectionKey key, Collection<String> calls);
}
