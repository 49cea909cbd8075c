package dev.corpusync.testkit.world;

/**
 * What a type of thing has.
 *
 * @since 0.1
 */
public enum Trait {
  /** Each says for itself whether it is visible. */
  HIDEABLE,
  /** None is ever hidden: the API has no such thing. */
  OPEN,
  /** They have a title and no text. */
  TITLE_ONLY,
  /** No two have one id, in whichever containers they are. */
  UNIQUE_IDS,
  /** They have comments. */
  DISCUSSED,
  /** Some are for their readers only, and may be stored all the same. */
  RESTRICTED,
  /** Who their readers are can change without their time of change. */
  QUIETLY_SHARED
}
