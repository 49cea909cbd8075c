package dev.corpusync.artifact;

import dev.corpusync.document.Kind;

/**
 * The name of a sub-resource of a record that has requests of its own: its comments, its
 * permissions. A part is read completely or kept as it was stored (P5).
 *
 * @since 0.1
 */
public record Part(String name) {
  public Part {
    Kind.of(name);
  }

  /** Names a part: lower case letters, digits, {@code -} and {@code _}. */
  public static Part named(String name) {
    return new Part(name);
  }
}
