package dev.corpusync.extract;

import dev.corpusync.artifact.Part;

/**
 * How a part of a record is listed, and how its changes show. Immutable.
 *
 * <p>A part is read whole or kept as it was stored (P5).
 *
 * @since 0.1
 */
public final class PartListing {
  private final Part part;
  private final Touches touches;
  private final Listing listing;

  /** Whether a change of a part shows as a change of the record that it belongs to. */
  public enum Touches {
    /** The record's revision changes too: the part is read again when the record is. */
    RECORD,
    /**
     * The record stays the same: the part is read again for every record at each full sync, and for
     * every record that a delta names.
     */
    NOTHING
  }

  private PartListing(Part part, Touches touches, Listing listing) {
    this.part = part;
    this.touches = touches;
    this.listing = listing;
  }

  /** Describes the listing of one part. */
  public static PartListing of(Part part, Touches touches, Listing listing) {
    return new PartListing(part, touches, listing);
  }

  /** The part that is listed. */
  public Part part() {
    return part;
  }

  /** How a change of the part shows. */
  public Touches touches() {
    return touches;
  }

  /** The listing; {@link At#item()} is the record. */
  public Listing listing() {
    return listing;
  }
}
