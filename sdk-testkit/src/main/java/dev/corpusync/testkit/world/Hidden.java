package dev.corpusync.testkit.world;

/**
 * How a thing can fail to be visible. What is not plainly visible is private (P6).
 *
 * @since 0.1
 */
public enum Hidden {
  /** The API says that it is private. */
  PRIVATE,
  /** The field that would say so is missing. */
  MISSING,
  /** The field is null. */
  NULL,
  /** The field is an empty text. */
  BLANK,
  /** The field has a value that nobody has seen before. */
  UNKNOWN,
  /** The field has the value that means visible, in another case. */
  OTHER_CASE,
  /** The field has the value that means visible, in another JSON type. */
  OTHER_TYPE
}
