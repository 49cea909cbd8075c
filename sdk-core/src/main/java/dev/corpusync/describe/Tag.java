package dev.corpusync.describe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An HTML element. Texts and attributes are escaped here and nowhere else, so that none can be
 * forgotten.
 */
final class Tag {
  private static final Set<String> VOID = Set.of("input", "meta", "img");
  private final String name;
  private final Map<String, String> attributes = new LinkedHashMap<>();
  private final List<String> content = new ArrayList<>();

  private Tag(String name) {
    this.name = name;
  }

  static Tag of(String name) {
    return new Tag(name);
  }

  /**
   * @param attribute a literal
   */
  Tag with(String attribute, String value) {
    attributes.put(attribute, value);
    return this;
  }

  Tag with(String attribute, long value) {
    return with(attribute, Long.toString(value));
  }

  Tag with(String attribute, Optional<String> value) {
    value.ifPresent(v -> attributes.put(attribute, v));
    return this;
  }

  /** An attribute that is there or not. */
  Tag flag(String attribute, boolean set) {
    return set ? with(attribute, "") : this;
  }

  Tag text(String text) {
    content.add(escaped(text));
    return this;
  }

  Tag add(Tag child) {
    content.add(child.toString());
    return this;
  }

  Tag add(List<Tag> children) {
    children.forEach(this::add);
    return this;
  }

  /** Adds a constant script or style, which is not escaped. */
  Tag literal(String code) {
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
