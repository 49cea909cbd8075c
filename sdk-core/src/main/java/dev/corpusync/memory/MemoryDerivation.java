package dev.corpusync.memory;

import dev.corpusync.artifact.Revision;
import dev.corpusync.store.ItemWrite;
import dev.corpusync.store.OlderRevision;
import dev.corpusync.store.Storable;
import java.util.Optional;

/**
 * What the answers of an item were made by.
 *
 * @param version of its stream
 * @param stale whether something that they were made of has changed since
 * @param older the older revision that a full pass saw
 */
record MemoryDerivation(int version, boolean stale, Optional<OlderRevision> older) {
  static MemoryDerivation of(ItemWrite item) {
    return new MemoryDerivation(
        item.version(), false, item.older().map(MemoryDerivation::storable));
  }

  MemoryDerivation outdated() {
    return new MemoryDerivation(version, true, older);
  }

  /** Whether it must be derived again by a stream of this version. */
  boolean isDue(int current) {
    return stale || version != current;
  }

  private static OlderRevision storable(OlderRevision older) {
    return new OlderRevision(
        Revision.parse(Storable.text(older.revision().toString())), Storable.text(older.round()));
  }
}
