package dev.corpusync.connection;

import java.util.regex.Pattern;

/**
 * One choice of a select field.
 *
 * @param value what is kept: one line without a comma, since several are kept separated by commas
 * @param label what a person reads
 * @since 0.1
 */
public record Option(String value, String label) {
  /** What a value must be, for messages. */
  public static final String RULE =
      "it must be one line of at most "
          + Rules.LONGEST_WORD
          + " characters, without commas and without blanks around it";

  private static final Pattern WORD = Pattern.compile(Syntax.WORD);

  public Option {
    if (value.length() > Rules.LONGEST_WORD || !WORD.matcher(value).matches()) {
      throw new IllegalArgumentException("the value of an option is refused: " + RULE);
    }
  }

  /** A choice that is shown as it is kept. */
  public static Option of(String value) {
    return new Option(value, value);
  }

  public static Option of(String value, String label) {
    return new Option(value, label);
  }
}
