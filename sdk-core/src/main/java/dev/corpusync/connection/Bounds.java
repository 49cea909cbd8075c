package dev.corpusync.connection;

/**
 * The least and the most: of a text's length in characters, or of a number. Both included.
 *
 * @since 0.1
 */
public record Bounds(long least, long most) {
  public Bounds {
    if (least > most) {
      throw new IllegalArgumentException("at least " + least + " and at most " + most + "?");
    }
  }

  boolean hold(long value) {
    return value >= least && value <= most;
  }
}
