package dev.corpusync.document;

/**
 * A reference to one record of a connection: its kind and its id in the source, to the letter. An
 * id that is blank or that no store can hold is refused with an {@link
 * dev.corpusync.error.InvalidIdentifierException}. One that is longer than {@link
 * Identifier#LONGEST_ID} is refused where it enters: nothing new is stored under it.
 *
 * @since 0.1
 */
public record Ref(Kind kind, String id) implements Comparable<Ref> {
  public Ref {
    if (!Identifier.isStorable(id)) {
      // The text of the message costs more than the look.
      Identifier.storable("a " + kind, id);
    }
  }

  /** Parses what {@link #toString()} returned. */
  public static Ref parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException("not a ref: expected kind:id");
    }
    return new Ref(Kind.of(text.substring(0, colon)), text.substring(colon + 1));
  }

  @Override
  public int compareTo(Ref other) {
    int byKind = kind.compareTo(other.kind);
    return byKind != 0 ? byKind : id.compareTo(other.id);
  }

  @Override
  public String toString() {
    return kind + ":" + id;
  }
}
