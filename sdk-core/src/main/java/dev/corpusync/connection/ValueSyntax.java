package dev.corpusync.connection;

import java.util.regex.Pattern;

/**
 * Regular expressions for the whole value of a setting, which Java and JavaScript read alike: form,
 * JSON Schema and validation agree because they share one text. None repeats a group without bound:
 * Java's matcher recurses once for each repetition, and a long value would overflow its stack.
 */
final class ValueSyntax {
  // Pasted from web pages, and never meant.
  private static final String BLANK =
      "[ \\u00a0\\u1680\\u2000-\\u200b\\u202f\\u205f\\u3000\\ufeff]";
  // Line breaks and other controls would split a header; half a character cannot be stored.
  private static final String BREAK = "\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029\\ud800-\\udfff";

  private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9\\-]{0,61}[A-Za-z0-9])?";

  /** One line without blanks around it. */
  static final String LINE = trimmed("[^" + BREAK + "]+");

  /** The same as one of several, which are kept separated by commas. */
  static final String WORD = trimmed("[^," + BREAK + "]+");

  static final String NUMBER = "0|-?[1-9][0-9]{0,15}";

  /** The one that browsers use, but with a dot in the domain and no two dots in a row. */
  static final String EMAIL = email();

  /** Absolute, http or https, without user and password, in ASCII as it goes over the wire. */
  static final String URL = url();

  /** One that is in the calendar: what "format" means is up to each validator. */
  static final String DAY =
      "(?:[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
          + "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))"
          + "|(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)";

  static final String INSTANT =
      DAY
          + "T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]{1,9})?"
          + "(?:Z|[+\\-](?:(?:0[0-9]|1[0-7]):[0-5][0-9]|18:00))";

  private static final Pattern ONE_BLANK = Pattern.compile(BLANK);

  private ValueSyntax() {}

  /** Without blanks around it. */
  static String strip(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isBlank(text, from)) {
      from++;
    }
    while (to > from && isBlank(text, to - 1)) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isBlank(String text, int at) {
    char c = text.charAt(at);
    boolean ascii = c < '\u007f';
    return ascii ? c == ' ' : ONE_BLANK.matcher(String.valueOf(c)).matches();
  }

  private static String trimmed(String line) {
    return "(?!" + BLANK + ")" + line + "(?<!" + BLANK + ")";
  }

  private static String email() {
    String atom = "[A-Za-z0-9!#$%&'*+\\/=?^_`\\{\\|\\}~\\-]+";
    return atom
        + "(?:\\."
        + atom
        + "){0,126}@(?:"
        + LABEL
        + "\\.){1,126}[A-Za-z](?:[A-Za-z0-9\\-]{0,61}[A-Za-z0-9])";
  }

  private static String url() {
    String port =
        "(?::(?:[0-9]{1,4}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?";
    String path = "A-Za-z0-9%._~!$&'\\(\\)*+,;=:@\\/\\-";
    String encoded = "(?!.*%(?![0-9A-Fa-f]{2}))";
    return encoded
        + "https?:\\/\\/"
        + host()
        + port
        + "(?:\\/["
        + path
        + "]*)?(?:\\?[?"
        + path
        + "]*)?(?:#[?"
        + path
        + "]*)?";
  }

  private static String host() {
    String name = "(?:" + LABEL + "\\.){0,126}[A-Za-z](?:[A-Za-z0-9\\-]{0,61}[A-Za-z0-9])?\\.?";
    String octet = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    String four = octet + "(?:\\." + octet + "){3}";
    return "(?:" + name + "|" + four + "|\\[" + six() + "\\])";
  }

  /** Eight groups, or fewer with one {@code ::}. */
  private static String six() {
    String group = "[0-9A-Fa-f]{1,4}";
    StringBuilder all = new StringBuilder("(?:G:){7}G|(?:G:){1,7}:|:(?:(?::G){1,7}|:)");
    for (int before = 1; before <= 6; before++) {
      all.append("|(?:G:){" + before + "}(?::G){1," + (7 - before) + "}");
    }
    return "(?:" + all.toString().replace("G", group) + ")";
  }
}
