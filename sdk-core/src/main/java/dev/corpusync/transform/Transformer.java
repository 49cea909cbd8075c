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
   * The version of {@link #transform}, and of the visibility and the access of its stream, at least
   * 1. Raise it when one of them changes: all are then asked again of the stored artifacts, without
   * a request. Where the last full pass hid records, which are not stored, the next pass is full.
   */
  int version();

  /** The fields that a host can search and filter by; {@link #transform} sets no others. */
  default List<Field<?>> fields() {
    return List.of();
  }

  /** Makes the document. An exception fails this one item, not its page (P10). */
  Document transform(Item item, Lookups lookups);
}
