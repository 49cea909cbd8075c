package dev.corpusync.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Reads one escape of a URL, a JSON or JavaScript text, or HTML. */
final class Escape {
  /** More is needed to say what it is. */
  static final int INCOMPLETE = -1;

  /** It is none, whatever follows. */
  static final int NONE = -2;

  private static final int LONGEST_REFERENCE = 12;

  /** The names of ASCII characters in HTML, but for letters and digits, which have none. */
  private static final Map<String, Integer> NAMES =
      Map.ofEntries(
          Map.entry("excl", (int) '!'),
          Map.entry("quot", (int) '"'),
          Map.entry("QUOT", (int) '"'),
          Map.entry("num", (int) '#'),
          Map.entry("dollar", (int) '$'),
          Map.entry("percnt", (int) '%'),
          Map.entry("amp", (int) '&'),
          Map.entry("AMP", (int) '&'),
          Map.entry("apos", (int) '\''),
          Map.entry("lpar", (int) '('),
          Map.entry("rpar", (int) ')'),
          Map.entry("ast", (int) '*'),
          Map.entry("midast", (int) '*'),
          Map.entry("plus", (int) '+'),
          Map.entry("comma", (int) ','),
          Map.entry("period", (int) '.'),
          Map.entry("sol", (int) '/'),
          Map.entry("colon", (int) ':'),
          Map.entry("semi", (int) ';'),
          Map.entry("lt", (int) '<'),
          Map.entry("LT", (int) '<'),
          Map.entry("equals", (int) '='),
          Map.entry("gt", (int) '>'),
          Map.entry("GT", (int) '>'),
          Map.entry("quest", (int) '?'),
          Map.entry("commat", (int) '@'),
          Map.entry("lsqb", (int) '['),
          Map.entry("lbrack", (int) '['),
          Map.entry("bsol", (int) '\\'),
          Map.entry("rsqb", (int) ']'),
          Map.entry("rbrack", (int) ']'),
          Map.entry("Hat", (int) '^'),
          Map.entry("lowbar", (int) '_'),
          Map.entry("UnderBar", (int) '_'),
          Map.entry("grave", (int) '`'),
          Map.entry("DiacriticalGrave", (int) '`'),
          Map.entry("lcub", (int) '{'),
          Map.entry("lbrace", (int) '{'),
          Map.entry("verbar", (int) '|'),
          Map.entry("vert", (int) '|'),
          Map.entry("VerticalLine", (int) '|'),
          Map.entry("rcub", (int) '}'),
          Map.entry("rbrace", (int) '}'));

  private static final int LONGEST_NAME =
      NAMES.keySet().stream().mapToInt(String::length).max().orElse(0);

  private Escape() {}

  /**
   * Reads the escape that fills a range.
   *
   * @return its code point, of a percent-encoding its byte; {@link #INCOMPLETE} or {@link #NONE}
   */
  static int read(byte[] text, int from, int to) {
    return switch (text[from]) {
      case '%' -> digits(text, from + 1, to, 2);
      case '\\' -> backslash(text, from + 1, to);
      default -> reference(text, from + 1, to);
    };
  }

  private static int backslash(byte[] text, int from, int to) {
    if (from == to) {
      return INCOMPLETE;
    }
    return switch (text[from]) {
      case '/', '"', '\'', '\\' -> text[from];
      case 'u' -> digits(text, from + 1, to, 4);
      case 'x' -> digits(text, from + 1, to, 2);
      default -> NONE;
    };
  }

  /** Exactly so many hexadecimal digits. */
  private static int digits(byte[] text, int from, int to, int count) {
    int value = 0;
    for (int i = from; i < to; i++) {
      int digit = Character.digit(text[i], 16);
      if (digit < 0) {
        return NONE;
      }
      value = value * 16 + digit;
    }
    return to - from < count ? INCOMPLETE : value;
  }

  private static int reference(byte[] text, int from, int to) {
    if (from == to) {
      return INCOMPLETE;
    }
    boolean ended = text[to - 1] == ';';
    int end = ended ? to - 1 : to;
    if (text[from] == '#') {
      return number(text, from + 1, end, ended ? NONE : INCOMPLETE);
    }
    if (end - from > LONGEST_NAME || !Character.isLetter(text[end - 1])) {
      return NONE;
    }
    String name = new String(text, from, end - from, StandardCharsets.US_ASCII);
    return ended ? NAMES.getOrDefault(name, NONE) : INCOMPLETE;
  }

  /**
   * @param otherwise what it is while its end has not come, or when it has no digits
   */
  private static int number(byte[] text, int from, int end, int otherwise) {
    boolean hex = from < end && (text[from] == 'x' || text[from] == 'X');
    int base = hex ? 16 : 10;
    int value = 0;
    int first = hex ? from + 1 : from;
    if (end - from > LONGEST_REFERENCE) {
      return NONE;
    }
    for (int i = first; i < end; i++) {
      int digit = Character.digit(text[i], base);
      if (digit < 0 || value > 0xffff) {
        return NONE;
      }
      value = value * base + digit;
    }
    return otherwise == NONE && first < end && value > 0 && Character.isValidCodePoint(value)
        ? value
        : otherwise;
  }
}
