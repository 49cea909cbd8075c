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
 * What is stored, for reading. Nothing here grows with the corpus: lists are pages, in ascending
 * order of id by code point of UTF-8.
 *
 * @since 0.1
 */
public interface Corpus {
  /** One query for a page of ids; ids that are not stored are absent. */
  Map<String, ItemState> states(ConnectionKey key, Kind kind, Collection<String> ids);

  Map<Ref, Artifact> artifacts(ConnectionKey key, Collection<Ref> refs);

  /** The containers that partition a stream. */
  List<Artifact> artifactsAfter(ConnectionKey key, Kind kind, Optional<String> afterId, int limit);

  /** The ids of one scope, for a sweep. */
  List<String> idsAfter(ConnectionKey key, Scope scope, Optional<String> afterId, int limit);

  int count(ConnectionKey key, Scope scope);

  /**
   * Whether some document looked up an item of this kind, found or not: then a change of one makes
   * documents stale.
   */
  boolean isLookedUp(ConnectionKey key, Kind kind);

  /** Artifacts that are stale or whose answers are of another version (P9). */
  List<Artifact> stale(
      ConnectionKey key, Kind kind, int version, Optional<String> afterId, int limit);

  Map<Ref, StoredDocument> documents(ConnectionKey key, Collection<Ref> refs);

  /** By kind, then id. */
  List<StoredDocument> documentsAfter(ConnectionKey key, Optional<Ref> after, int limit);
}
