package dev.corpusync.artifact;

import java.time.Instant;

/**
 * What tells two states of a record apart, next to the hash of its bytes, which settles ties. Of
 * two ordered revisions the older never overwrites the newer (P8).
 */
public final class Revision {
  private static final Revision CONTENT = new Revision("");
  private final String text;

  private Revision(String text) {
    this.text = text;
  }

  /** The source's time of last change. */
  public static Revision time(Instant changed) {
    return new Revision("t" + changed);
  }

  /** A number that grows with every change. */
  public static Revision number(long version) {
    return new Revision("n" + version);
  }

  /** The source has nothing of the kind; what was read last wins. */
  public static Revision content() {
    return CONTENT;
  }

  /** Reads what {@link #toString()} wrote. */
  public static Revision parse(String text) {
    return new Revision(text);
  }

  /** Whether both are ordered alike and this one is the earlier. */
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
