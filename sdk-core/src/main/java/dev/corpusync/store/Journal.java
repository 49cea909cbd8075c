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
 * Reads runs, failed items and held deletions; written only by {@link Store#commit}, except for the
 * purge of old runs.
 *
 * @since 0.1
 */
public interface Journal {
  /** Returns the runs of a connection, newest first. */
  List<Run> runs(ConnectionKey key, int limit);

  /**
   * Returns the runs that did not start later than a time, newest first: a clock that was ahead may
   * have recorded later ones.
   */
  List<Run> runs(ConnectionKey key, Instant latest, int limit);

  /** Returns failed items, ordered by scope, then id. */
  List<FailedItem> failures(ConnectionKey key, int limit);

  List<FailedItem> failures(ConnectionKey key, Scope scope, int limit);

  /** Returns parts that could not be read, ordered by item, then part. */
  List<UnreadPart> unreadParts(ConnectionKey key, int limit);

  /** Returns the same of one scope, ordered by {@link UnreadPart#next()}, then item. */
  List<UnreadPart> unreadParts(ConnectionKey key, Scope scope, int limit);

  /** Returns the held deletions of a connection, oldest first, then by plan. */
  List<HeldDeletion> held(ConnectionKey key);

  /** Returns the held deletion of this plan id. */
  Optional<HeldDeletion> held(ConnectionKey key, String plan);

  /** Returns the held deletion of one scope. */
  Optional<HeldDeletion> held(ConnectionKey key, Scope scope);

  /**
   * Reads the ids that a plan would delete from its scope, a page of them, in the order of {@link
   * Corpus#idsAfter}.
   *
   * @param after the last id of the page before
   */
  List<String> heldIds(ConnectionKey key, String plan, Optional<String> after, int limit);

  /** Deletes ended runs that started before a time, but never the newest run of a connection. */
  int purgeRunsBefore(ConnectionKey key, Instant before);
}
