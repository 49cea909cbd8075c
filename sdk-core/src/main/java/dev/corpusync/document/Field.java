package dev.corpusync.document;

import java.time.Instant;

/**
 * A typed field of a document, to filter or search by.
 *
 * @param searchable whether its words are searched, beside those of the chunks
 * @since 0.1
 */
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

  /** A time to filter by. */
  public static Field<Instant> instant(String name) {
    return new Field<>(name, Instant.class, false);
  }

  /** A whole number to filter by. */
  public static Field<Long> number(String name) {
    return new Field<>(name, Long.class, false);
  }

  /** A boolean to filter by. */
  public static Field<Boolean> flag(String name) {
    return new Field<>(name, Boolean.class, false);
  }
}
