package dev.corpusync.prune;

/**
 * What would be lost if the orphans of a scope were deleted, with everything below them (P7).
 *
 * @param plan an id that depends on the orphans only
 * @param items the orphans
 * @param ofItems the items that the scope holds
 * @param documents the documents among the orphans and below them
 * @param ofDocuments the documents of the scope and below it
 * @since 0.1
 */
public record Loss(String plan, int items, int ofItems, int documents, int ofDocuments) {
  /** Whether so many items or documents of the scope are too many to believe. */
  public boolean isHeldBy(DropGuard guard) {
    return guard.holds(items, ofItems) || guard.holds(documents, ofDocuments);
  }
}
