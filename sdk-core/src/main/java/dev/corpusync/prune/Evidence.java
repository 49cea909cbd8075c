package dev.corpusync.prune;

/**
 * What a deletion rests on when a whole listing does not hold a stored item (P7).
 *
 * @since 0.1
 */
public enum Evidence {
  /** The API said that the listing was complete: what is missing is deleted. */
  LISTING,
  /** The listing seemed complete: each missing item is asked for by its id. */
  ANSWER_BY_ID,
  /** The listing seemed complete, and an id proves nothing: a second listing must miss it too. */
  SECOND_LISTING
}
