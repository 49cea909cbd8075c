package dev.corpusync.artifact;

import java.time.Instant;

/**
 * The version of a record, by time or number: an older version never overwrites a newer one (P8).
 * Two states with the same revision are told apart by the hash of their bytes. Immutable.
 *
 * @since 0.1
 */
public final class Revision {
  private static final Revision CONTENT = new Revision("");
  private final String text;

  private Revision(String text) {
    this.text = text;
  }

  /** A revision by the source's time of last change. */
  public static Revision time(Instant changed) {
    return new Revision("t" + changed);
  }

  /** A revision by a number that grows with every change. */
  public static Revision number(long version) {
    return new Revision("n" + version);
  }

  /** No revision, for a source without times or numbers: the state that was read last wins. */
  public static Revision content() {
    return CONTENT;
  }

  /** Parses what {@link #toString()} returned. */
  public static Revision parse(String text) {
    return new Revision(text);
  }

  /** Whether both are times or both are numbers, and this one is the earlier. */
  public boolean isOlderThan(Revision other) {
    if (text.equals(other.text)
        || text.isEmpty()
        || other.text.isEmpty()
        || text.charAt(0) != other.text.charAt(0)) {
      return false;
    }
    String mine = text.substring(1);
    String theirs = other.text.substring(1);
    return text.charAt(0) == 't'
        ? Instant.parse(mine).isBefore(Instant.parse(theirs))
        : Long.parseLong(mine) < Long.parseLong(theirs);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Revision r && r.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
