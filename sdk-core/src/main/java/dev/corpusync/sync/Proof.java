package dev.corpusync.sync;

/** What the end of a listing proves about things that were not in it, weakest last (P7). */
public enum Proof {
  /** The API said that this was the end: absences may be pruned. */
  SAID,
  /**
   * Nothing followed: an absence counts after confirmation by id, or a second listing that agrees.
   */
  INFERRED,
  /** Something was left out or could not be read: proves nothing. */
  NONE;

  public Proof weaker(Proof other) {
    return compareTo(other) > 0 ? this : other;
  }
}
