package dev.corpusync.store;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.sync.FailedItem;
import dev.corpusync.sync.HeldDeletion;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.Scope;
import dev.corpusync.sync.UnreadPart;
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

  /**
   * The same without those that started later than a moment: a clock that was ahead may have
   * recorded them.
   */
  List<Run> runs(ConnectionKey key, Instant latest, int limit);

  /** By scope, then id. */
  List<FailedItem> failures(ConnectionKey key, int limit);

  List<FailedItem> failures(ConnectionKey key, Scope scope, int limit);

  /** By item, then part. */
  List<UnreadPart> unreadParts(ConnectionKey key, int limit);

  /** Those that are to be asked for first come first: by {@link UnreadPart#next()}, then item. */
  List<UnreadPart> unreadParts(ConnectionKey key, Scope scope, int limit);

  /** Oldest first, then by plan. */
  List<HeldDeletion> held(ConnectionKey key);

  /** The held deletion of this plan id. */
  Optional<HeldDeletion> held(ConnectionKey key, String plan);

  /** The held deletion of one scope. */
  Optional<HeldDeletion> held(ConnectionKey key, Scope scope);

  /**
   * Reads the ids that a plan would delete from its scope, a page of them, in the order of {@link
   * Corpus#idsAfter}.
   *
   * @param after the last id of the page before
   */
  List<String> heldIds(ConnectionKey key, String plan, Optional<String> after, int limit);

  /** Drops ended runs that started before, but never the newest run of a connection. */
  int purgeRunsBefore(ConnectionKey key, Instant before);
}
