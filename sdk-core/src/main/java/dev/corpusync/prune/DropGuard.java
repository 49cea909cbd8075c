package dev.corpusync.prune;

/**
 * The limit above which a deletion by absence is held for a person (P7): more than a share and more
 * than a number. It is applied to the items of a scope, to the documents that would be deleted with
 * everything below them, and to the documents of the whole connection that one run would delete.
 * Everything else of the run is committed.
 *
 * @param share of what is stored, from 0 to below 1
 * @param items so many items, or documents, or fewer are never held
 * @since 0.1
 */
public record DropGuard(double share, int items) {
  /** Holds the deletion of more than a quarter of a scope and more than 20 items. */
  public static final DropGuard DEFAULT = new DropGuard(0.25, 20);

  public DropGuard {
    if (!(share >= 0 && share < 1) || items < 0) {
      throw new IllegalArgumentException(
          "a drop guard takes a share from 0 to below 1 and a number of items from 0");
    }
  }

  /** Whether the deletion of this many items is held. */
  public boolean holds(int missing, int of) {
    return missing > items && missing > of * share;
  }
}
