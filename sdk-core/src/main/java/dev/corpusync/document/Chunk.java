package dev.corpusync.document;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A passage of a document: the unit that is embedded, searched and cited. Immutable. The text is
 * made {@linkplain StorableText storable}, so that what is compared is what is stored.
 *
 * @since 0.1
 */
public final class Chunk {
  private final String key;
  private final String text;
  private @Nullable String hash;

  /**
   * Makes a chunk.
   *
   * @param key stable within the document: a comment's id, or derived from the text; a chunk that
   *     keeps key and text is not embedded again when others move around it
   * @param text what is searched
   * @throws dev.corpusync.error.InvalidIdentifierException when the key is blank or no store can
   *     hold it
   */
  public Chunk(String key, String text) {
    this.key = Identifier.storable("a chunk", key);
    this.text = StorableText.of(text);
  }

  /** Unique within the document. */
  public String key() {
    return key;
  }

  /** The text that is searched. */
  public String text() {
    return text;
  }

  /** SHA-256 of the text, in hex; computed on the first call. */
  public String hash() {
    String known = hash;
    if (known == null) {
      known = Hash.of(text);
      hash = known;
    }
    return known;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Chunk c && c.key.equals(key) && c.text.equals(text);
  }

  @Override
  public int hashCode() {
    return Objects.hash(key, text);
  }

  /** The key, without the text. */
  @Override
  public String toString() {
    return "Chunk(" + key + ")";
  }
}
