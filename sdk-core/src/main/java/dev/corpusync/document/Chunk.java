package dev.corpusync.document;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A passage of a document, the unit that is embedded and cited. Immutable. Its key and text are
 * {@linkplain StorableText storable}: what a transformer makes is what is kept and compared.
 */
public final class Chunk {
  private final String key;
  private final String text;
  private @Nullable String hash;

  /**
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

  public String key() {
    return key;
  }

  public String text() {
    return text;
  }

  /** SHA-256 of the text, in hex; computed at most once. */
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

  /** Nothing of the text. */
  @Override
  public String toString() {
    return "Chunk(" + key + ")";
  }
}
