package dev.corpusync.artifact;

import dev.corpusync.document.Hash;
import dev.corpusync.document.Ref;

/**
 * Something that an answer about a record (text, visibility, access) was made of, besides the bytes
 * and the parts of that record: another record, a part of another record, a setting. Equal by its
 * text. Immutable.
 *
 * @since 0.1
 */
public final class Dependency implements Comparable<Dependency> {
  private static final String SETTING = "setting/";
  private final String text;

  private Dependency(String text) {
    this.text = text;
  }

  /** The record of another item: its bytes and where it lies, found or absent. */
  public static Dependency record(Ref ref) {
    return new Dependency(ref.toString());
  }

  /** One part of another item. */
  public static Dependency part(Ref ref, String part) {
    // A kind has no slash: no record has this text. Hashed, so that it fits where a record fits.
    return new Dependency("part/" + part + "/" + Hash.of(ref.toString()));
  }

  /** The value of a setting of the connection. */
  public static Dependency setting(String name) {
    return new Dependency(SETTING + name);
  }

  /** Whether all records of a stream share it, whichever container they are in. */
  public boolean isSetting() {
    return text.startsWith(SETTING);
  }

  /** What it is stored as. It may hold an id, so it is not for messages. */
  public String text() {
    return text;
  }

  @Override
  public int compareTo(Dependency other) {
    return text.compareTo(other.text);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Dependency d && d.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** Holds no id. */
  @Override
  public String toString() {
    return "Dependency";
  }
}
