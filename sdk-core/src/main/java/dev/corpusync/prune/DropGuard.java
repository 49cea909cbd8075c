package dev.corpusync.prune;

/**
 * When a deletion is too large to believe (P7): more than this share of a scope and more than this
 * many. A held deletion waits for a person; everything else of the run is committed.
 */
public record DropGuard(double share, int items) {
  public static final DropGuard DEFAULT = new DropGuard(0.25, 20);

  public DropGuard {
    if (!(share >= 0 && share < 1) || items < 0) {
      throw new IllegalArgumentException(
          "a drop guard takes a share from 0 to below 1 and a number of items from 0");
    }
  }

  public boolean holds(int missing, int of) {
    return missing > items && missing > of * share;
  }
}
