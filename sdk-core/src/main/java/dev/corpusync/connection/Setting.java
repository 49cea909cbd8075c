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
 * One field of a connection's configuration, declared once: its name, label, type, and what values
 * it takes. It must be given unless it has a default or is optional. Immutable: each method answers
 * with another one.
 *
 * @since 0.1
 */
public final class Setting<T> {
  /** How a field is entered. */
  public enum Type {
    TEXT,
    /** Goes to the vault and is never among the {@link Settings}. */
    PASSWORD,
    CHECKBOX,
    NUMBER,
    URL,
    EMAIL,
    SELECT,
    MULTI_SELECT,
    /** Several texts, freely entered. */
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
        case TEXT, PASSWORD, SELECT -> Syntax.LINE;
        case LIST, MULTI_SELECT -> Syntax.WORD;
        case CHECKBOX -> "true|false";
        case NUMBER -> Syntax.NUMBER;
        case URL -> Syntax.URL;
        case EMAIL -> Syntax.EMAIL;
        case INSTANT -> Syntax.INSTANT;
        case DATE_RANGE -> "(?:" + Syntax.DAY + "|\\.\\.)\\/(?:" + Syntax.DAY + "|\\.\\.)";
      };
    }
  }

  private final Rules rules;
  private final Reader<T> reader;

  private Setting(Rules rules, Reader<T> reader) {
    this.rules = rules;
    this.reader = reader;
    // The author's mistake is found where it is made, not by the first who connects.
    rules.fallback().ifPresent(value -> accept("default", value));
    rules.example().ifPresent(value -> accept("example", value));
  }

  private static <T> Setting<T> of(String name, String label, Type type, Reader<T> reader) {
    return new Setting<>(new Rules(name, label, type), reader);
  }

  /** One line. */
  public static Setting<String> text(String name, String label) {
    return of(name, label, Type.TEXT, Reader::text);
  }

  /**
   * A secret beside the credentials, for the host alone: it is kept sealed in the vault, never
   * among the settings, and no connector ever reads it.
   */
  public static Setting<Secret> password(String name, String label) {
    return of(name, label, Type.PASSWORD, Reader::secret);
  }

  /** Yes or no; not ticked by default. */
  public static Setting<Boolean> checkbox(String name, String label) {
    return of(name, label, Type.CHECKBOX, Reader::flag).withDefault("false");
  }

  /** A whole number. */
  public static Setting<Long> number(String name, String label) {
    return of(name, label, Type.NUMBER, Reader::number);
  }

  /** An absolute http or https address; a trailing slash is dropped. */
  public static Setting<URI> url(String name, String label) {
    return of(name, label, Type.URL, Reader::address);
  }

  public static Setting<String> email(String name, String label) {
    return of(name, label, Type.EMAIL, Reader::email);
  }

  /** One of these; with none of them they are {@link #fetched}. */
  public static Setting<String> select(String name, String label, Option... options) {
    return new Setting<>(
        new Rules(name, label, Type.SELECT).options(List.of(options)), Reader::text);
  }

  /** Any of these, separated by commas; with none of them they are {@link #fetched}. */
  public static Setting<List<String>> multiSelect(String name, String label, Option... options) {
    return new Setting<>(
        new Rules(name, label, Type.MULTI_SELECT).options(List.of(options)), Reader::list);
  }

  /** Several values, separated by commas. */
  public static Setting<List<String>> list(String name, String label) {
    return of(name, label, Type.LIST, Reader::list);
  }

  /** An ISO-8601 instant with its zone. */
  public static Setting<Instant> instant(String name, String label) {
    return of(name, label, Type.INSTANT, Reader::time);
  }

  /** Two days: {@code 2026-01-01/2026-03-31}, with {@code ..} for an open end. */
  public static Setting<DateRange> dateRange(String name, String label) {
    return of(name, label, Type.DATE_RANGE, Reader::range);
  }

  /** The same field with a value for when it is not given. */
  public Setting<T> withDefault(String value) {
    return with(rules.fallback(value));
  }

  /** It need not be given: read it with {@link Settings#find}. */
  public Setting<T> optional() {
    return with(rules.optional());
  }

  /** A sentence for the person who fills it in. */
  public Setting<T> help(String sentence) {
    return with(rules.help(sentence));
  }

  /** A value that it takes, shown while nothing is entered yet. */
  public Setting<T> example(String value) {
    return with(rules.example(value));
  }

  /** How many characters a text, or each text of a list, has. */
  public Setting<T> length(int least, int most) {
    return with(rules.length(new Bounds(least, most)));
  }

  /** Which numbers it takes, both ends included. */
  public Setting<T> range(long least, long most) {
    return with(rules.range(new Bounds(least, most)));
  }

  /**
   * What the whole text, or each text of a list, looks like. Write what Java and JavaScript read
   * alike, since forms check it too: no flags, and in brackets a backslash before {@code / - |} and
   * the like.
   *
   * @param says the same for a person, as in "must be …"
   */
  public Setting<T> pattern(String regex, String says) {
    return with(rules.pattern(regex, says));
  }

  /**
   * The choices are asked for while the form is filled in: the connector has an option source for
   * it. A value is not looked up again when it is given.
   */
  public Setting<T> fetched() {
    return with(rules.fetched());
  }

  /**
   * It is asked for only while another field, declared before it, is shown and has one of these
   * values, or any value when none is named. While it is hidden it need not be given, and must not.
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

  /** Whether it must be given while it is shown. */
  public boolean isRequired() {
    return rules.isRequired();
  }

  public boolean isSecret() {
    return rules.type == Type.PASSWORD;
  }

  public boolean isFetched() {
    return rules.isFetched();
  }

  /** Of the length of each text, or of the number itself. */
  public Optional<Bounds> bounds() {
    return rules.bounds();
  }

  /** Which the whole of each text must match too. */
  public Optional<String> pattern() {
    return rules.shape().map(Rules.Shape::regex);
  }

  /** The same for a person: what follows "must be". */
  public Optional<String> patternSays() {
    return rules.shape().map(Rules.Shape::says);
  }

  /** How many values it has at most. */
  public int most() {
    return type().isSeveral() ? Rules.MOST_WORDS : 1;
  }

  /** Empty when they are fetched. */
  public List<Option> options() {
    return rules.options();
  }

  public Optional<Condition> shownIf() {
    return rules.condition();
  }

  /** The value as its type; the error names the field and never the value. */
  T parse(String value) {
    try {
      String line = rules.line(value);
      T read = reader.read(line);
      rules.check(line);
      return read;
    } catch (InvalidValue e) {
      throw new InvalidConfigurationException(name(), e.problem());
    }
  }

  /** How a value that it takes is stored: without blanks around it, or around each of several. */
  public String kept(String value) {
    return type().isSeveral() ? String.join(",", Reader.list(value)) : Syntax.strip(value);
  }

  /** Whether a value is right for it, wherever it is shown. */
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

  private Setting<T> with(Rules other) {
    return new Setting<>(other, reader);
  }
}
