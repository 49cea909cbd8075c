package dev.corpusync.transform;

import dev.corpusync.artifact.Json;
import dev.corpusync.document.Kind;
import java.util.Optional;

/**
 * Looks up stored references in a transformer: users, labels. Each lookup is recorded, so that
 * documents that mention a renamed user are derived again, and no others (P9).
 *
 * @since 0.1
 */
public interface Lookups {
  /**
   * The stored reference with this id; empty while it is not stored, and where nothing can be
   * stored under the id.
   */
  Optional<Json> find(Kind kind, String id);

  /**
   * The display name of a reference, as its stream answers; empty while it is not stored, or when
   * the connector has no stream of references of this kind.
   */
  Optional<String> name(Kind kind, String id);
}
