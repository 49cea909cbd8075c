package dev.corpusync.connection;

import java.util.regex.Pattern;

/**
 * One option of a select field. A closed value.
 *
 * @param value what is stored: one line without a comma, since several are stored separated by
 *     commas
 * @param label what a person reads
 * @since 0.1
 */
public record Option(String value, String label) {
  /** The rule for values, for messages. */
  public static final String RULE =
      "it must be one line of at most "
          + SettingRules.LONGEST_WORD
          + " characters, without commas and without blanks around it";

  private static final Pattern WORD = Pattern.compile(ValueSyntax.WORD);

  public Option {
    if (value.length() > SettingRules.LONGEST_WORD || !WORD.matcher(value).matches()) {
      throw new IllegalArgumentException("the value of an option is refused: " + RULE);
    }
  }

  /** Returns an option whose label is its value. */
  public static Option of(String value) {
    return new Option(value, value);
  }

  public static Option of(String value, String label) {
    return new Option(value, label);
  }
}
