package dev.corpusync.connection;

/**
 * A minimum and a maximum, both included: of a text's length in characters, or of a number. A
 * closed value.
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
