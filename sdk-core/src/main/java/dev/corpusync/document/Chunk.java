package dev.corpusync.document;

/**
 * A passage of a document, the unit that is embedded and cited.
 *
 * @param key stable within the document: a comment's id, or derived from the text; a chunk that
 *     keeps key and text is not embedded again when others move around it
 * @param text what is searched
 */
public record Chunk(String key, String text) {
  public Chunk {
    if (key.isBlank()) {
      throw new IllegalArgumentException("a chunk needs a key, this one is blank");
    }
  }

  /** SHA-256 of the text, in hex. */
  public String hash() {
    return Hash.of(text);
  }

  /** The key; the text is not for logs. */
  @Override
  public String toString() {
    return "Chunk(" + key + ")";
  }
}
