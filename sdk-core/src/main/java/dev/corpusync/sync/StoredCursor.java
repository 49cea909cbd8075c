package dev.corpusync.sync;

/**
 * A cursor as it is stored.
 *
 * @param owner {@code connector/stream}; a cursor of another owner is an error
 * @param format the components of the cursor's type; another format of the same owner means a full
 *     resync
 * @param json the cursor itself
 * @since 0.1
 */
public record StoredCursor(String owner, String format, String json) {
  /** Not the JSON: a token or a private id may be in it. */
  @Override
  public String toString() {
    return "StoredCursor(" + owner + ")";
  }
}
