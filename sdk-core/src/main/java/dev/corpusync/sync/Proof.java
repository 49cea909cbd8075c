package dev.corpusync.sync;

/**
 * What the end of a listing proves about the items that were not in it, weakest last (P7).
 *
 * @since 0.1
 */
public enum Proof {
  /** The API stated the end: what is absent may be deleted. */
  SAID,
  /**
   * Nothing followed: an absence counts after confirmation by id, or a second listing that agrees.
   */
  INFERRED,
  /** Something was left out or could not be read: proves nothing. */
  NONE,
  /**
   * Records moved while the listing was read, so it may have missed some: proves nothing, and the
   * scope owes a second full pass.
   */
  DRIFTED,
  /** It is not known that the listing has ended: proves nothing, and the watermark is kept. */
  UNFINISHED;

  /** Returns whether an absence counts at all. */
  public boolean provesAbsence() {
    return this == SAID || this == INFERRED;
  }

  /** Returns the weaker of the two. */
  public Proof weaker(Proof other) {
    return compareTo(other) > 0 ? this : other;
  }
}
