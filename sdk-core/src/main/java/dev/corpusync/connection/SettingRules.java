package dev.corpusync.connection;

import dev.corpusync.connection.Setting.Type;
import dev.corpusync.document.Kind;
import dev.corpusync.error.ConnectorDefectException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/** The validation rules of one setting, whatever its type: required, bounds, pattern, options. */
final class SettingRules {
  static final int LONGEST = 4_000;
  static final int LONGEST_WORD = 500;
  static final int MOST_WORDS = 1_000;
  static final int LONGEST_EMAIL = 254;

  /** What JSON and JavaScript keep exactly. */
  static final Bounds EXACT = new Bounds(-9_007_199_254_740_991L, 9_007_199_254_740_991L);

  private static final Set<Type> LINES = Set.of(Type.TEXT, Type.PASSWORD, Type.LIST);
  private static final Set<Type> SHAPED =
      Set.of(Type.TEXT, Type.PASSWORD, Type.LIST, Type.URL, Type.SELECT, Type.MULTI_SELECT);
  private static final Pattern LINE = Pattern.compile(ValueSyntax.LINE);

  final String name;
  final String label;
  final Type type;
  private Optional<String> help = Optional.empty();
  private Optional<String> example = Optional.empty();
  private Optional<String> fallback = Optional.empty();
  private Optional<Bounds> bounds = Optional.empty();
  private Optional<Shape> shape = Optional.empty();
  private Optional<Condition> condition = Optional.empty();
  private List<Option> options = List.of();
  private boolean optional;
  private boolean fetched;

  /** A pattern, and how a person would say it. */
  record Shape(String regex, Pattern compiled, String says) {}

  SettingRules(String name, String label, Type type) {
    this.name = name;
    this.label = label;
    this.type = type;
    try {
      Kind.of(name);
    } catch (IllegalArgumentException e) {
      throw new ConnectorDefectException(
          "the setting '" + name + "' needs a name of lower case letters, digits, - and _", e);
    }
    require(!label.isBlank(), "has no label");
  }

  private SettingRules(SettingRules from) {
    name = from.name;
    label = from.label;
    type = from.type;
    help = from.help;
    example = from.example;
    fallback = from.fallback;
    bounds = from.bounds;
    shape = from.shape;
    condition = from.condition;
    options = from.options;
    optional = from.optional;
    fetched = from.fetched;
  }

  private SettingRules with(Consumer<SettingRules> change) {
    SettingRules copy = new SettingRules(this);
    change.accept(copy);
    return copy;
  }

  SettingRules help(String sentence) {
    return with(r -> r.help = Optional.of(sentence));
  }

  SettingRules example(String value) {
    require(type != Type.PASSWORD, "is a secret: an example of one would be one");
    return with(r -> r.example = Optional.of(value));
  }

  SettingRules fallback(String value) {
    require(type != Type.PASSWORD, "is a secret and cannot have a default");
    require(!optional, "is optional: it cannot have a default too");
    return with(r -> r.fallback = Optional.of(value));
  }

  SettingRules optional() {
    require(fallback.isEmpty(), "has a default: it need not be optional too");
    return with(r -> r.optional = true);
  }

  SettingRules length(Bounds length) {
    int most = type == Type.LIST ? LONGEST_WORD : LONGEST;
    require(LINES.contains(type), "is no text: it has no length");
    require(
        length.least() > 0 && length.most() <= most,
        String.format("has a length that is not within 1 to %,d characters", most));
    return with(r -> r.bounds = Optional.of(length));
  }

  SettingRules range(Bounds range) {
    require(type == Type.NUMBER, "is no number: it has no range");
    require(
        EXACT.hold(range.least()) && EXACT.hold(range.most()),
        "has a range of numbers that JSON does not keep exactly");
    return with(r -> r.bounds = Optional.of(range));
  }

  SettingRules pattern(String regex, String says) {
    require(SHAPED.contains(type), "is no text: it has no pattern");
    require(options.isEmpty(), "has options: a pattern says nothing more");
    Shape wanted = new Shape(regex, compiled(regex), says);
    return with(r -> r.shape = Optional.of(wanted));
  }

  SettingRules options(List<Option> choices) {
    Set<String> values = choices.stream().map(Option::value).collect(Collectors.toSet());
    require(values.size() == choices.size(), "has an option twice");
    return with(r -> r.options = List.copyOf(choices));
  }

  SettingRules fetched() {
    require(
        (type == Type.SELECT || type == Type.MULTI_SELECT) && options.isEmpty(),
        "must be a select without options of its own to have them fetched");
    return with(r -> r.fetched = true);
  }

  SettingRules shownIf(Condition shown) {
    return with(r -> r.condition = Optional.of(shown));
  }

  Optional<String> help() {
    return help;
  }

  Optional<String> example() {
    return example;
  }

  Optional<String> fallback() {
    return fallback;
  }

  /** Of the number, or of each text; always there but for types with a syntax of their own. */
  Optional<Bounds> bounds() {
    return bounds.or(
        () ->
            switch (type) {
              case NUMBER -> Optional.of(EXACT);
              case TEXT, PASSWORD, URL -> Optional.of(new Bounds(1, LONGEST));
              case LIST, MULTI_SELECT, SELECT -> Optional.of(new Bounds(1, LONGEST_WORD));
              case EMAIL -> Optional.of(new Bounds(1, LONGEST_EMAIL));
              case CHECKBOX, INSTANT, DATE_RANGE -> Optional.empty();
            });
  }

  Optional<Shape> shape() {
    return shape;
  }

  Optional<Condition> condition() {
    return condition;
  }

  List<Option> options() {
    return options;
  }

  boolean isRequired() {
    return fallback.isEmpty() && !optional;
  }

  boolean isFetched() {
    return fetched;
  }

  /** The value as one line, without blanks around it. */
  String line(String value) throws InvalidValueException {
    int most = type.isSeveral() ? MOST_WORDS * (LONGEST_WORD + 1) : LONGEST;
    if (value.length() > 2 * most) {
      throw tooLong(most);
    }
    String line = ValueSyntax.strip(value);
    if (line.codePointCount(0, line.length()) > most) {
      throw tooLong(most);
    }
    if (line.isEmpty() && !type.isSeveral()) {
      throw new InvalidValueException("must not be blank");
    }
    if (!line.isEmpty() && !LINE.matcher(line).matches()) {
      throw new InvalidValueException("must be one line without control characters");
    }
    return line;
  }

  private static InvalidValueException tooLong(int most) {
    return new InvalidValueException(
        String.format("must be one line of at most %,d characters", most));
  }

  /** What is asked of each text, or of the number. */
  void check(String line) throws InvalidValueException {
    List<String> values = type.isSeveral() ? ValueParser.list(line) : List.of(line);
    if (values.isEmpty() && isRequired()) {
      throw new InvalidValueException("must name at least one");
    }
    if (values.size() > MOST_WORDS) {
      throw new InvalidValueException(String.format("must name at most %,d", MOST_WORDS));
    }
    if (type == Type.MULTI_SELECT && new HashSet<>(values).size() < values.size()) {
      throw new InvalidValueException("must not name one choice twice");
    }
    for (String value : values) {
      checkOne(value);
    }
  }

  private void checkOne(String value) throws InvalidValueException {
    Optional<Bounds> within = bounds();
    if (within.isPresent() && !within.get().hold(measure(value))) {
      throw new InvalidValueException(
          String.format(
              type == Type.NUMBER ? "must be from %,d to %,d" : "must have %,d to %,d characters",
              within.get().least(),
              within.get().most()));
    }
    if (shape.isPresent() && !shape.get().compiled().matcher(value).matches()) {
      throw new InvalidValueException("must be " + shape.get().says());
    }
    if (!options.isEmpty() && options.stream().noneMatch(o -> o.value().equals(value))) {
      throw new InvalidValueException(
          "must be one of " + options.stream().map(Option::value).toList());
    }
  }

  private long measure(String value) {
    return type == Type.NUMBER ? Long.parseLong(value) : value.codePointCount(0, value.length());
  }

  private Pattern compiled(String regex) {
    try {
      return Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw new ConnectorDefectException(
          "the setting '" + name + "' has a pattern that cannot be read: " + e.getDescription(), e);
    }
  }

  private void require(boolean fits, String problem) {
    if (!fits) {
      throw new ConnectorDefectException("the setting '" + name + "' " + problem);
    }
  }
}
