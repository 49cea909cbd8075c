package dev.corpusync.connection;

import dev.corpusync.auth.Secret;
import dev.corpusync.error.ConnectorDefectException;
import dev.corpusync.error.InvalidConfigurationException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One field of a connection's configuration: its name, label, type, and validation rules. It is
 * required unless it has a default or is optional. Immutable: each method returns another one.
 *
 * @since 0.1
 */
public final class Setting<T> {
  /** The type of a field, which decides how it is entered. */
  public enum Type {
    TEXT,
    /** A secret: stored in the vault, never among the {@link Settings}. */
    PASSWORD,
    CHECKBOX,
    NUMBER,
    URL,
    EMAIL,
    SELECT,
    MULTI_SELECT,
    /** Several texts. */
    LIST,
    INSTANT,
    DATE_RANGE;

    /** Whether its value is several, separated by commas. */
    public boolean isSeveral() {
      return this == LIST || this == MULTI_SELECT;
    }

    /**
     * What every value of this type looks like, or each one of several, as a regular expression for
     * the whole of it that Java and JavaScript read alike. Blanks around a value are dropped first.
     */
    public String syntax() {
      return switch (this) {
        case TEXT, PASSWORD, SELECT -> ValueSyntax.LINE;
        case LIST, MULTI_SELECT -> ValueSyntax.WORD;
        case CHECKBOX -> "true|false";
        case NUMBER -> ValueSyntax.NUMBER;
        case URL -> ValueSyntax.URL;
        case EMAIL -> ValueSyntax.EMAIL;
        case INSTANT -> ValueSyntax.INSTANT;
        case DATE_RANGE ->
            "(?:" + ValueSyntax.DAY + "|\\.\\.)\\/(?:" + ValueSyntax.DAY + "|\\.\\.)";
      };
    }
  }

  private final SettingRules rules;
  private final ValueParser<T> reader;

  private Setting(SettingRules rules, ValueParser<T> reader) {
    this.rules = rules;
    this.reader = reader;
    // The author's mistake is found where it is made, not by the first who connects.
    rules.fallback().ifPresent(value -> accept("default", value));
    rules.example().ifPresent(value -> accept("example", value));
  }

  private static <T> Setting<T> of(String name, String label, Type type, ValueParser<T> reader) {
    return new Setting<>(new SettingRules(name, label, type), reader);
  }

  /** A line of text. */
  public static Setting<String> text(String name, String label) {
    return of(name, label, Type.TEXT, ValueParser::text);
  }

  /**
   * A secret beside the credentials, for the host alone: it is sealed in the vault, never among the
   * settings, and no connector reads it.
   */
  public static Setting<Secret> password(String name, String label) {
    return of(name, label, Type.PASSWORD, ValueParser::secret);
  }

  /** True or false; false by default. */
  public static Setting<Boolean> checkbox(String name, String label) {
    return of(name, label, Type.CHECKBOX, ValueParser::flag).withDefault("false");
  }

  /** A whole number. */
  public static Setting<Long> number(String name, String label) {
    return of(name, label, Type.NUMBER, ValueParser::number);
  }

  /** An absolute http or https address; a trailing slash is dropped. */
  public static Setting<URI> url(String name, String label) {
    return of(name, label, Type.URL, ValueParser::address);
  }

  public static Setting<String> email(String name, String label) {
    return of(name, label, Type.EMAIL, ValueParser::email);
  }

  /** One of these options; without any they are {@link #fetched}. */
  public static Setting<String> select(String name, String label, Option... options) {
    return new Setting<>(
        new SettingRules(name, label, Type.SELECT).options(List.of(options)), ValueParser::text);
  }

  /** Any of these options, separated by commas; without any they are {@link #fetched}. */
  public static Setting<List<String>> multiSelect(String name, String label, Option... options) {
    return new Setting<>(
        new SettingRules(name, label, Type.MULTI_SELECT).options(List.of(options)),
        ValueParser::list);
  }

  /** Several values, separated by commas. */
  public static Setting<List<String>> list(String name, String label) {
    return of(name, label, Type.LIST, ValueParser::list);
  }

  /** An ISO-8601 instant with its zone. */
  public static Setting<Instant> instant(String name, String label) {
    return of(name, label, Type.INSTANT, ValueParser::time);
  }

  /** Two days: {@code 2026-01-01/2026-03-31}, with {@code ..} for an open end. */
  public static Setting<DateRange> dateRange(String name, String label) {
    return of(name, label, Type.DATE_RANGE, ValueParser::range);
  }

  /** Sets the value that is used when none is given. */
  public Setting<T> withDefault(String value) {
    return with(rules.fallback(value));
  }

  /** Makes the field optional: read it with {@link Settings#find}. */
  public Setting<T> optional() {
    return with(rules.optional());
  }

  /** Sets a help text for the person who fills the form in. */
  public Setting<T> help(String sentence) {
    return with(rules.help(sentence));
  }

  /** Sets a valid example, shown while the field is empty. */
  public Setting<T> example(String value) {
    return with(rules.example(value));
  }

  /** Limits the number of characters of a text, or of each text of a list. */
  public Setting<T> length(int least, int most) {
    return with(rules.length(new Bounds(least, most)));
  }

  /** Limits a number, both ends included. */
  public Setting<T> range(long least, long most) {
    return with(rules.range(new Bounds(least, most)));
  }

  /**
   * Sets a regular expression for the whole text, or each text of a list. Write what Java and
   * JavaScript read alike, since forms check it too: no flags, and in brackets a backslash before
   * {@code / - |} and the like.
   *
   * @param says the pattern in words, as in "must be …"
   */
  public Setting<T> pattern(String regex, String says) {
    return with(rules.pattern(regex, says));
  }

  /**
   * Fetches the options from the API while the form is filled in: the connector has an option
   * source for the field. A given value is not looked up again.
   */
  public Setting<T> fetched() {
    return with(rules.fetched());
  }

  /**
   * Shows the field only while another field, declared before it, is shown and has one of these
   * values, or any value when none is named. A hidden field must not be given.
   */
  public Setting<T> shownIf(Setting<?> other, String... values) {
    return with(rules.shownIf(new Condition(other.name(), Set.of(values))));
  }

  public String name() {
    return rules.name;
  }

  public String label() {
    return rules.label;
  }

  public Type type() {
    return rules.type;
  }

  public Optional<String> fallback() {
    return rules.fallback();
  }

  public Optional<String> help() {
    return rules.help();
  }

  public Optional<String> example() {
    return rules.example();
  }

  /** Whether a value must be given while the field is shown. */
  public boolean isRequired() {
    return rules.isRequired();
  }

  public boolean isSecret() {
    return rules.type == Type.PASSWORD;
  }

  public boolean isFetched() {
    return rules.isFetched();
  }

  /** Returns the bounds of the length of each text, or of the number. */
  public Optional<Bounds> bounds() {
    return rules.bounds();
  }

  /** Returns the regular expression that the whole of each text must match. */
  public Optional<String> pattern() {
    return rules.shape().map(SettingRules.Shape::regex);
  }

  /** Returns the pattern in words: what follows "must be". */
  public Optional<String> patternSays() {
    return rules.shape().map(SettingRules.Shape::says);
  }

  /** Returns the maximum number of values. */
  public int most() {
    return type().isSeveral() ? SettingRules.MOST_WORDS : 1;
  }

  /** Returns the options; empty when they are fetched. */
  public List<Option> options() {
    return rules.options();
  }

  public Optional<Condition> shownIf() {
    return rules.condition();
  }

  /** Parses a value into its type; the error names the field and never the value. */
  T parse(String value) {
    try {
      String line = rules.line(value);
      T read = reader.read(line);
      rules.check(line);
      return read;
    } catch (InvalidValueException e) {
      throw new InvalidConfigurationException(name(), e.problem());
    }
  }

  /** Returns a valid value as it is stored: without blanks around it, or around each of several. */
  public String kept(String value) {
    return type().isSeveral()
        ? String.join(",", ValueParser.list(value))
        : ValueSyntax.strip(value);
  }

  /** Whether a value is valid for this field, apart from conditions. */
  public boolean takes(String value) {
    try {
      parse(value);
      return true;
    } catch (InvalidConfigurationException e) {
      return false;
    }
  }

  private void accept(String which, String value) {
    try {
      parse(value);
    } catch (InvalidConfigurationException e) {
      throw new ConnectorDefectException(
          "the "
              + which
              + " of the setting '"
              + name()
              + "' is refused by itself: "
              + e.getMessage(),
          e);
    }
  }

  private Setting<T> with(SettingRules other) {
    return new Setting<>(other, reader);
  }
}
