package dev.corpusync.extract;

import dev.corpusync.artifact.Part;

/**
 * A sub-resource of a record: its name, where it is listed ({@code at.item()} is the record), and
 * whether a change of it shows as a change of its owner. One that touches nothing is read again for
 * every owner that a full pass lists or a delta of changes names.
 */
public record PartListing(Part part, Touches touches, Listing listing) {
  /** What else changes when the part does. */
  public enum Touches {
    RECORD,
    NOTHING
  }
}
