package dev.corpusync.connection;

/**
 * One choice of a select field.
 *
 * @param value what is kept: one line without a comma, since several are kept separated by commas
 * @param label what a person reads
 */
public record Option(String value, String label) {
  public Option {
    if (value.isBlank()
        || !value.equals(value.strip())
        || value.chars().anyMatch(c -> c == ',' || c < ' ')) {
      throw new IllegalArgumentException(
          "an option's value must be one line without commas and without blanks around it");
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
