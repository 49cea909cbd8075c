package dev.corpusync.artifact;

import dev.corpusync.document.Kind;

/**
 * The name of a sub-resource that belongs to a record: its comments, its permissions. Read whole or
 * kept as it was (P5).
 */
public record Part(String name) {
  public Part {
    Kind.of(name);
  }

  public static Part named(String name) {
    return new Part(name);
  }
}
