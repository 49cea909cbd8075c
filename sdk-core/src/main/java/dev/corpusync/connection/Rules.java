package dev.corpusync.connection;

import dev.corpusync.connection.Setting.Type;
import dev.corpusync.document.Kind;
import dev.corpusync.error.ConnectorDefectException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/** What a setting says of itself and which values it takes, whatever their type. */
record Rules(
    String name,
    String label,
    Type type,
    Optional<String> help,
    Optional<String> fallback,
    boolean optional,
    Optional<Bounds> bounds,
    Optional<Shape> pattern,
    List<Option> options,
    boolean fetched,
    Optional<Condition> condition) {
  static final int LONGEST = 4_000;
  static final int LONGEST_LIST = 100_000;
  private static final Set<Type> LINES = Set.of(Type.TEXT, Type.PASSWORD, Type.LIST);
  private static final Set<Type> SHAPED =
      Set.of(Type.TEXT, Type.PASSWORD, Type.LIST, Type.URL, Type.SELECT, Type.MULTI_SELECT);

  /** A pattern, and how a person would say it. */
  record Shape(String regex, Pattern compiled, String says) {}

  static Rules of(String name, String label, Type type) {
    try {
      Kind.of(name);
    } catch (IllegalArgumentException e) {
      throw new ConnectorDefectException(
          "the setting '" + name + "' needs a name of lower case letters, digits, - and _", e);
    }
    return new Rules(
        name,
        label,
        type,
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        false,
        Optional.empty());
  }

  Rules withHelp(String sentence) {
    return new Rules(
        name,
        label,
        type,
        Optional.of(sentence),
        fallback,
        optional,
        bounds,
        pattern,
        options,
        fetched,
        condition);
  }

  Rules withFallback(String value) {
    require(type != Type.PASSWORD, "is a secret and cannot have a default");
    return new Rules(
        name,
        label,
        type,
        help,
        Optional.of(value),
        false,
        bounds,
        pattern,
        options,
        fetched,
        condition);
  }

  Rules asOptional() {
    require(fallback.isEmpty(), "has a default: it need not be optional too");
    return new Rules(
        name, label, type, help, fallback, true, bounds, pattern, options, fetched, condition);
  }

  Rules withLength(Bounds length) {
    require(LINES.contains(type), "is no text: it has no length");
    require(length.least() > 0 && length.most() <= LONGEST, "must have 1 to 4,000 characters");
    return new Rules(
        name,
        label,
        type,
        help,
        fallback,
        optional,
        Optional.of(length),
        pattern,
        options,
        fetched,
        condition);
  }

  Rules withRange(Bounds range) {
    require(type == Type.NUMBER, "is no number: it has no range");
    return new Rules(
        name,
        label,
        type,
        help,
        fallback,
        optional,
        Optional.of(range),
        pattern,
        options,
        fetched,
        condition);
  }

  Rules withPattern(String regex, String says) {
    require(SHAPED.contains(type), "is no text: it has no pattern");
    return new Rules(
        name,
        label,
        type,
        help,
        fallback,
        optional,
        bounds,
        Optional.of(new Shape(regex, compiled(regex), says)),
        options,
        fetched,
        condition);
  }

  Rules withOptions(List<Option> choices) {
    Set<String> values = choices.stream().map(Option::value).collect(Collectors.toSet());
    require(values.size() == choices.size(), "has an option twice");
    return new Rules(
        name, label, type, help, fallback, optional, bounds, pattern, choices, fetched, condition);
  }

  Rules asFetched() {
    require(
        (type == Type.SELECT || type == Type.MULTI_SELECT) && options.isEmpty(),
        "must be a select without options of its own to have them fetched");
    return new Rules(
        name, label, type, help, fallback, optional, bounds, pattern, options, true, condition);
  }

  Rules withCondition(Condition shown) {
    return new Rules(
        name,
        label,
        type,
        help,
        fallback,
        optional,
        bounds,
        pattern,
        options,
        fetched,
        Optional.of(shown));
  }

  /** The value as one line, without blanks around it. */
  String line(String value) throws Refused {
    int most = type.isSeveral() ? LONGEST_LIST : LONGEST;
    if (value.length() > 2 * most
        || value.codePointCount(0, value.length()) > most
        || value.chars().anyMatch(c -> c < ' ')) {
      throw new Refused(String.format("must be one line of at most %,d characters", most));
    }
    String line = value.strip();
    if (line.isEmpty() && !type.isSeveral()) {
      throw new Refused("must not be blank");
    }
    return line;
  }

  /** What is asked of each text, or of the number. */
  void check(String line) throws Refused {
    List<String> values = type.isSeveral() ? Reader.list(line) : List.of(line);
    if (type == Type.MULTI_SELECT && new HashSet<>(values).size() < values.size()) {
      throw new Refused("must not name one choice twice");
    }
    for (String value : values) {
      check(value, value.codePointCount(0, value.length()));
    }
  }

  private void check(String value, int length) throws Refused {
    long measured = type == Type.NUMBER ? Long.parseLong(value) : length;
    if (bounds.isPresent() && !bounds.get().hold(measured)) {
      throw new Refused(
          String.format(
              type == Type.NUMBER ? "must be from %d to %d" : "must have %d to %d characters",
              bounds.get().least(),
              bounds.get().most()));
    }
    if (length > LONGEST) {
      throw new Refused("must be of at most 4,000 characters each");
    }
    if (pattern.isPresent() && !pattern.get().compiled().matcher(value).matches()) {
      throw new Refused("must be " + pattern.get().says());
    }
    if (!options.isEmpty() && options.stream().noneMatch(o -> o.value().equals(value))) {
      throw new Refused("must be one of " + options.stream().map(Option::value).toList());
    }
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
