package dev.corpusync.document;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A passage of a document: the unit that is embedded, searched and cited. Immutable. Key and text
 * are made {@linkplain StorableText storable}, so that what is compared is what is stored.
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
   */
  public Chunk(String key, String text) {
    if (key.isBlank()) {
      throw new IllegalArgumentException("a chunk needs a key, this one is blank");
    }
    this.key = StorableText.of(key);
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
