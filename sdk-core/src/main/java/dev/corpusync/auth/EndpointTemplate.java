package dev.corpusync.auth;

import dev.corpusync.error.InvalidConfigurationException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URL template with setting names in braces. A value can only be what its position allows: a
 * whole address in front, host labels in the host, one segment in the path. So no setting can send
 * a secret to another host than the author meant.
 */
final class EndpointTemplate {
  private static final Pattern NAME = Pattern.compile("\\{([a-z][a-z0-9_]*)}");
  private static final Pattern LABELS = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?");
  private static final Pattern ADDRESS =
      Pattern.compile("https?://[A-Za-z0-9.:\\[\\]-]+(/[^?#\\s\\\\]*)?");
  private final String text;

  private EndpointTemplate(String text) {
    this.text = text;
  }

  static EndpointTemplate of(String text) {
    boolean prefixed = text.startsWith("{");
    if (!prefixed && !text.matches("https://.+|http://(127\\.0\\.0\\.1|\\[::1]|localhost)[:/].*")) {
      throw new IllegalArgumentException(
          "the endpoint "
              + text
              + " must begin with https:// or with a setting that holds the site");
    }
    return new EndpointTemplate(text);
  }

  /** Returns the names of the settings in the template. */
  List<String> names() {
    return NAME.matcher(text).results().map(found -> found.group(1)).toList();
  }

  /**
   * @throws InvalidConfigurationException naming the setting, never its value
   */
  URI fill(Map<String, String> settings) {
    int hostEnds = text.indexOf('/', Math.max(0, text.indexOf("://")) + 3);
    return URI.create(
        replace(
            settings,
            (at, name) -> {
              String value = settings.getOrDefault(name, "");
              if (value.isBlank()) {
                throw new InvalidConfigurationException(
                    name, "is needed for the address of the authorization server");
              }
              if (at == 0) {
                return address(name, value);
              }
              return hostEnds < 0 || at < hostEnds ? labels(name, value) : segment(name, value);
            }));
  }

  /** Fills a template that is plain text and not an address. */
  static String plain(String template, Map<String, String> settings) {
    return new EndpointTemplate(template)
        .replace(
            settings,
            (at, name) -> {
              String value = settings.get(name);
              if (value == null) {
                throw new InvalidConfigurationException(name, "is needed for signing in");
              }
              return value;
            });
  }

  @Override
  public String toString() {
    return text;
  }

  private interface Filler {
    String value(int at, String name);
  }

  private String replace(Map<String, String> settings, Filler filler) {
    UnaryOperator<String> literal = Matcher::quoteReplacement;
    return NAME.matcher(text)
        .replaceAll(found -> literal.apply(filler.value(found.start(), found.group(1))));
  }

  private static String address(String name, String value) {
    String trimmed = withoutSlashes(value);
    if (!ADDRESS.matcher(trimmed).matches()) {
      throw new InvalidConfigurationException(
          name, "must be an http or https address such as https://id.example.com");
    }
    return trimmed;
  }

  /** Without those at its end; a regular expression would look at each slash many times. */
  private static String withoutSlashes(String address) {
    int end = address.length();
    while (end > 0 && address.charAt(end - 1) == '/') {
      end--;
    }
    return address.substring(0, end);
  }

  private static String labels(String name, String value) {
    if (!LABELS.matcher(value).matches()) {
      throw new InvalidConfigurationException(
          name, "must be a host name or a part of one: letters, digits, dots and hyphens");
    }
    return value;
  }

  private static String segment(String name, String value) {
    if (value.equals(".") || value.equals("..")) {
      throw new InvalidConfigurationException(name, "must be a name, not a path");
    }
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
