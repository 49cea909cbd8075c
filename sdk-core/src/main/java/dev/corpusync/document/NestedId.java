package dev.corpusync.document;

import java.util.Optional;

/**
 * The id of a record whose own id is unique in its container only: both ids in one text, so that no
 * two pairs have the same text. A closed value.
 *
 * <p>The text is {@code container/own}. In the id of the container, {@code %} is written {@code
 * %25} and {@code /} is written {@code %2F}; the first {@code /} ends it, so the record's own id
 * stays as it is.
 *
 * @param container the id of the container
 * @param own the id of the record in its container
 * @since 0.1
 */
public record NestedId(String container, String own) {
  /** Ends the id of the container. */
  public static final char SEPARATOR = '/';

  public NestedId {
    Identifier.storable("a container", container);
    Identifier.storable("a record", own);
  }

  /** Finds both ids in what {@link #text()} returned; empty in any other text. */
  public static Optional<NestedId> find(String text) {
    int end = text.indexOf(SEPARATOR);
    if (end < 1 || text.substring(0, end).isBlank() || text.substring(end + 1).isBlank()) {
      return Optional.empty();
    }
    String container = text.substring(0, end).replace("%2F", "/").replace("%25", "%");
    return Optional.of(new NestedId(container, text.substring(end + 1)))
        .filter(found -> found.text().equals(text));
  }

  /** The id under which the record is stored. */
  public String text() {
    return prefix(container) + own;
  }

  /** Returns what the ids of all records in a container begin with, and no other. */
  public static String prefix(String container) {
    return container.replace("%", "%25").replace("/", "%2F") + SEPARATOR;
  }
}
