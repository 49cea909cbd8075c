package dev.corpusync.describe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Builds an HTML element. Texts and attributes are escaped here and nowhere else, so that no
 * escaping can be forgotten.
 */
final class HtmlElement {
  private static final Set<String> VOID = Set.of("input", "meta", "img");
  private final String name;
  private final Map<String, String> attributes = new LinkedHashMap<>();
  private final List<String> content = new ArrayList<>();

  private HtmlElement(String name) {
    this.name = name;
  }

  static HtmlElement of(String name) {
    return new HtmlElement(name);
  }

  /**
   * @param attribute a literal
   */
  HtmlElement with(String attribute, String value) {
    attributes.put(attribute, value);
    return this;
  }

  HtmlElement with(String attribute, long value) {
    return with(attribute, Long.toString(value));
  }

  HtmlElement with(String attribute, Optional<String> value) {
    value.ifPresent(v -> attributes.put(attribute, v));
    return this;
  }

  /** An attribute that is there or not. */
  HtmlElement flag(String attribute, boolean set) {
    return set ? with(attribute, "") : this;
  }

  HtmlElement text(String text) {
    content.add(escaped(text));
    return this;
  }

  HtmlElement add(HtmlElement child) {
    content.add(child.toString());
    return this;
  }

  HtmlElement add(List<HtmlElement> children) {
    children.forEach(this::add);
    return this;
  }

  /** Adds a script or a style of the SDK, which is not escaped. */
  HtmlElement literal(String code) {
    content.add(code);
    return this;
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(c);
              }
            });
    return escaped.toString();
  }

  @Override
  public String toString() {
    StringBuilder html = new StringBuilder("<").append(name);
    attributes.forEach(
        (attribute, value) -> {
          html.append(' ').append(attribute);
          if (!value.isEmpty()) {
            html.append("=\"").append(escaped(value)).append('"');
          }
        });
    html.append('>');
    if (!VOID.contains(name)) {
      content.forEach(html::append);
      html.append("</").append(name).append('>');
    }
    return html.append('\n').toString();
  }
}
