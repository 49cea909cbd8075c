package dev.corpusync.store;

import dev.corpusync.artifact.Artifact;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.document.Kind;
import dev.corpusync.document.Ref;
import dev.corpusync.sync.Scope;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the stored items and documents. No answer grows with the corpus: lists are pages, in
 * ascending order of id by code point of UTF-8.
 *
 * @since 0.1
 */
public interface Corpus {
  /** Returns the states of a page of ids in one query; ids that are not stored are absent. */
  Map<String, ItemState> states(ConnectionKey key, Kind kind, Collection<String> ids);

  Map<Ref, Artifact> artifacts(ConnectionKey key, Collection<Ref> refs);

  /** Returns a page of the artifacts of a kind: the containers that partition a stream. */
  List<Artifact> artifactsAfter(ConnectionKey key, Kind kind, Optional<String> afterId, int limit);

  /** Returns a page of the ids of one scope, for a sweep. */
  List<String> idsAfter(ConnectionKey key, Scope scope, Optional<String> afterId, int limit);

  int count(ConnectionKey key, Scope scope);

  /** Counts the documents of these refs and of everything below them, as a deletion would. */
  int documentsWithin(ConnectionKey key, Collection<Ref> refs);

  /**
   * Returns whether a document looked up an item of this kind, found or not: a change of such an
   * item makes documents stale.
   */
  boolean isLookedUp(ConnectionKey key, Kind kind);

  /** Returns artifacts that are stale or whose answers are of another version (P9). */
  List<Artifact> stale(
      ConnectionKey key, Kind kind, int version, Optional<String> afterId, int limit);

  Map<Ref, StoredDocument> documents(ConnectionKey key, Collection<Ref> refs);

  /** Returns a page of documents, ordered by kind, then id. */
  List<StoredDocument> documentsAfter(ConnectionKey key, Optional<Ref> after, int limit);
}
