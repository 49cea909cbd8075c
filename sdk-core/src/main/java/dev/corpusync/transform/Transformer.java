package dev.corpusync.transform;

import dev.corpusync.artifact.Item;
import dev.corpusync.document.Document;
import dev.corpusync.document.Field;
import java.util.List;

/**
 * Artifact → document. A pure function of its arguments: no clock, no chance, no request, no state
 * (P9). Called from any thread.
 */
public interface Transformer {
  /**
   * Raised when {@link #transform} changes: stored artifacts are derived again without a request.
   * At least 1.
   */
  int version();

  /** What a host can search and filter by; {@link #transform} sets no other fields. */
  default List<Field<?>> fields() {
    return List.of();
  }

  /** Exceptions make this one item fail, not its page (P10). */
  Document transform(Item item, Lookups lookups);
}
