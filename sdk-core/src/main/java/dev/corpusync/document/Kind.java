package dev.corpusync.document;

import java.util.regex.Pattern;

/**
 * A kind of record in a source, such as {@code issue} or {@code repository}. Unique within a
 * connector. It is part of every id: never rename one.
 *
 * @since 0.1
 */
public record Kind(String name) implements Comparable<Kind> {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,63}");

  public Kind {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("kind '" + name + "' must match " + NAME.pattern());
    }
  }

  /** Names a kind: lower case letters, digits, {@code -} and {@code _}. */
  public static Kind of(String name) {
    return new Kind(name);
  }

  /** Returns the reference to the record of this kind with an id. */
  public Ref ref(String id) {
    return new Ref(this, id);
  }

  @Override
  public int compareTo(Kind other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
