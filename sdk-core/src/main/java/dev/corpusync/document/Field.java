package dev.corpusync.document;

import java.time.Instant;

/** A typed field of a document that a host can search or filter by. */
public record Field<T>(String name, Class<T> type, boolean searchable) {
  public Field {
    Kind.of(name);
  }

  /** An exact value to filter by: a state, a label. */
  public static Field<String> keyword(String name) {
    return new Field<>(name, String.class, false);
  }

  /** Words to search in beside the chunks. */
  public static Field<String> text(String name) {
    return new Field<>(name, String.class, true);
  }

  public static Field<Instant> instant(String name) {
    return new Field<>(name, Instant.class, false);
  }

  public static Field<Long> number(String name) {
    return new Field<>(name, Long.class, false);
  }

  public static Field<Boolean> flag(String name) {
    return new Field<>(name, Boolean.class, false);
  }
}
