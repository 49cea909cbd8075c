package dev.corpusync.transform;

import dev.corpusync.artifact.Item;
import dev.corpusync.document.Document;
import dev.corpusync.document.Field;
import java.util.List;

/**
 * Turns a record into a document. A pure function of its arguments: no clock, no randomness, no
 * request, no state (P9). Called from any thread, also several times for one record.
 *
 * @since 0.1
 */
public interface Transformer {
  /**
   * The version of {@link #transform}, at least 1. Raise it when the method changes: documents are
   * then derived again from stored artifacts, without a request.
   */
  int version();

  /** The fields that a host can search and filter by; {@link #transform} sets no others. */
  default List<Field<?>> fields() {
    return List.of();
  }

  /** Makes the document. An exception fails this one item, not its page (P10). */
  Document transform(Item item, Lookups lookups);
}
