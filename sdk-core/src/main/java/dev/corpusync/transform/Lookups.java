package dev.corpusync.transform;

import dev.corpusync.artifact.Json;
import dev.corpusync.document.Kind;
import java.util.Optional;

/**
 * Reference data for a transformer: users, labels. Each lookup is recorded, so that a renamed user
 * derives exactly these documents again (P9).
 */
public interface Lookups {
  /** The stored reference of this id; empty while it is not known. */
  Optional<Json> find(Kind kind, String id);

  /** Its display name, as its stream answers. */
  Optional<String> name(Kind kind, String id);
}
