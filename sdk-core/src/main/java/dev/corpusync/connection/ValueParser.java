package dev.corpusync.connection;

import dev.corpusync.auth.Secret;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Parses one line of text into a value of a setting's type. */
@FunctionalInterface
interface ValueParser<T> {
  Pattern EMAIL = Pattern.compile(ValueSyntax.EMAIL);
  Pattern NUMBER = Pattern.compile(ValueSyntax.NUMBER);
  Pattern URL = Pattern.compile(ValueSyntax.URL);
  Pattern DAY = Pattern.compile(ValueSyntax.DAY);
  Pattern INSTANT = Pattern.compile(ValueSyntax.INSTANT);

  T read(String line) throws InvalidValueException;

  static String text(String line) {
    return line;
  }

  static Secret secret(String line) {
    return Secret.of(line);
  }

  /** Several values, separated by commas; blank ones are dropped. */
  static List<String> list(String line) {
    return Stream.of(line.split(",", -1))
        .map(ValueSyntax::strip)
        .filter(s -> !s.isEmpty())
        .toList();
  }

  static Boolean flag(String line) throws InvalidValueException {
    if (!line.equals("true") && !line.equals("false")) {
      throw new InvalidValueException("must be true or false");
    }
    return line.equals("true");
  }

  static Long number(String line) throws InvalidValueException {
    if (!NUMBER.matcher(line).matches()) {
      throw new InvalidValueException("must be a whole number such as 42");
    }
    return Long.valueOf(line);
  }

  static URI address(String line) throws InvalidValueException {
    if (!URL.matcher(line).matches()) {
      throw new InvalidValueException(
          "must be an http or https address such as https://api.example.com");
    }
    // Paths are appended to it; behind ? and # a slash means something.
    boolean bare = line.indexOf('?') < 0 && line.indexOf('#') < 0;
    return URI.create(bare ? line.replaceAll("/+$", "") : line);
  }

  static String email(String line) throws InvalidValueException {
    if (line.length() > SettingRules.LONGEST_EMAIL || !EMAIL.matcher(line).matches()) {
      throw new InvalidValueException("must be an e-mail address such as ada@example.com");
    }
    return line;
  }

  static Instant time(String line) throws InvalidValueException {
    if (!INSTANT.matcher(line).matches()) {
      throw new InvalidValueException("must be a time with its zone such as 2026-01-31T00:00:00Z");
    }
    return Instant.parse(line);
  }

  static DateRange range(String line) throws InvalidValueException {
    String[] ends = line.split("/", -1);
    try {
      if (ends.length == 2 && !line.equals("../..")) {
        return new DateRange(day(ends[0]), day(ends[1]));
      }
    } catch (IllegalArgumentException e) {
      // said below, without the value
    }
    throw new InvalidValueException(
        "must be a range of dates such as 2026-01-01/2026-03-31, with .. for an open end,"
            + " that does not end before it starts");
  }

  private static Optional<LocalDate> day(String text) {
    if (text.equals("..")) {
      return Optional.empty();
    }
    if (!DAY.matcher(text).matches()) {
      throw new IllegalArgumentException("no day");
    }
    return Optional.of(LocalDate.parse(text));
  }
}
