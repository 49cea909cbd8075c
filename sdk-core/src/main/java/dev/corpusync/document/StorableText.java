package dev.corpusync.document;

/**
 * Replaces characters that a store cannot hold.
 *
 * @since 0.1
 */
public final class StorableText {
  private static final char REPLACEMENT = '\uFFFD';

  private StorableText() {}

  /**
   * Returns the text with U+FFFD in place of each U+0000, which PostgreSQL refuses, and of each
   * unpaired surrogate, which UTF-8 cannot encode.
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
