package dev.corpusync.connection;

import dev.corpusync.document.Kind;
import dev.corpusync.error.InvalidConfigurationException;
import java.net.URI;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One field of a connection's configuration, declared once: its name, label, type, and whether it
 * must be given. Never a secret.
 */
public final class Setting<T> {
  private final String name;
  private final String label;
  private final String type;
  private final Function<String, T> parse;
  private final Optional<String> fallback;

  private Setting(
      String name,
      String label,
      String type,
      Function<String, T> parse,
      Optional<String> fallback) {
    this.name = Kind.of(name).name();
    this.label = label;
    this.type = type;
    this.parse = parse;
    this.fallback = fallback;
  }

  public static Setting<String> text(String name, String label) {
    return new Setting<>(name, label, "text", v -> oneLine(name, v), Optional.empty());
  }

  /** Several values, separated by commas. */
  public static Setting<List<String>> list(String name, String label) {
    return new Setting<>(
        name,
        label,
        "list",
        v ->
            Stream.of(oneLine(name, v).split(",", -1))
                .map(String::strip)
                .filter(s -> !s.isEmpty())
                .toList(),
        Optional.empty());
  }

  /** An absolute http or https address; a trailing slash is dropped. */
  public static Setting<URI> url(String name, String label) {
    return new Setting<>(
        name, label, "url", v -> address(name, oneLine(name, v)), Optional.empty());
  }

  /** An ISO-8601 instant with its zone. */
  public static Setting<Instant> instant(String name, String label) {
    return new Setting<>(
        name, label, "instant", v -> time(name, oneLine(name, v)), Optional.empty());
  }

  /** The same field with a value for when it is not given; without one it is required. */
  public Setting<T> withDefault(String value) {
    Objects.requireNonNull(parse(value));
    return new Setting<>(name, label, type, parse, Optional.of(value));
  }

  public String name() {
    return name;
  }

  public String label() {
    return label;
  }

  public String type() {
    return type;
  }

  public Optional<String> fallback() {
    return fallback;
  }

  /** The value as its type; the error names the field and never the value. */
  T parse(String value) {
    return parse.apply(value);
  }

  private static String oneLine(String name, String value) {
    if (value.length() > 4_000 || value.chars().anyMatch(c -> c < ' ')) {
      throw new InvalidConfigurationException(name, "must be one line of at most 4,000 characters");
    }
    return value.strip();
  }

  private static URI address(String name, String value) {
    try {
      URI uri = URI.create(value.replaceAll("/+$", ""));
      if (uri.getHost() != null
          && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
          && uri.getUserInfo() == null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // said below, without the value
    }
    throw new InvalidConfigurationException(
        name, "must be an http or https address such as https://api.example.com");
  }

  private static Instant time(String name, String value) {
    try {
      return Instant.parse(value);
    } catch (DateTimeParseException e) {
      throw new InvalidConfigurationException(
          name, "must be a time with its zone such as 2026-01-31T00:00:00Z");
    }
  }
}
