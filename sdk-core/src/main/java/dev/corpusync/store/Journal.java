package dev.corpusync.store;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.sync.FailedItem;
import dev.corpusync.sync.HeldDeletion;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What happened and what waits; written only by {@link Store#commit}, but for retention.
 *
 * @since 0.1
 */
public interface Journal {
  /** Newest first. */
  List<Run> runs(ConnectionKey key, int limit);

  /** By scope, then id. */
  List<FailedItem> failures(ConnectionKey key, int limit);

  List<FailedItem> failures(ConnectionKey key, Scope scope, int limit);

  /** Without their refs. */
  List<HeldDeletion> held(ConnectionKey key);

  /** With its refs. */
  Optional<HeldDeletion> held(ConnectionKey key, String plan);

  /** Drops ended runs that started before, but never the newest run of a connection. */
  int purgeRunsBefore(ConnectionKey key, Instant before);
}
