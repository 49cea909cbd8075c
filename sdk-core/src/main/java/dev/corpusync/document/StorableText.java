package dev.corpusync.document;

/** Text in the form that every backend can keep. */
public final class StorableText {
  private static final char REPLACEMENT = '\uFFFD';

  private StorableText() {}

  /**
   * The text with U+FFFD for each U+0000, which PostgreSQL refuses, and for each half of a
   * surrogate pair, which UTF-8 cannot hold.
   */
  public static String of(String text) {
    for (int i = 0; i < text.length(); i++) {
      // One comparison for U+0000 and all from the first surrogate on: every text passes here.
      if ((char) (text.charAt(i) - 1) >= Character.MIN_SURROGATE - 1) {
        return replaced(text);
      }
    }
    return text;
  }

  private static String replaced(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .map(
            c ->
                c == 0 || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE
                    ? REPLACEMENT
                    : c)
        .forEach(out::appendCodePoint);
    return out.toString();
  }
}
