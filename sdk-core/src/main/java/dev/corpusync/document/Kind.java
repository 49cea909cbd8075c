package dev.corpusync.document;

import java.util.regex.Pattern;

/**
 * A sort of thing in a source: {@code issue}, {@code repository}. Unique within a connector; part
 * of every id, so never rename one.
 */
public record Kind(String name) implements Comparable<Kind> {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,63}");

  public Kind {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("kind '" + name + "' must match " + NAME.pattern());
    }
  }

  public static Kind of(String name) {
    return new Kind(name);
  }

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
