package dev.corpusync.describe;

import dev.corpusync.connection.Bounds;
import dev.corpusync.connection.DateRange;
import dev.corpusync.connection.Option;
import dev.corpusync.connection.Setting;
import dev.corpusync.connection.Setting.Type;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the JSON Schemas of fields; the syntax of texts is defined once for all of them. */
final class FieldSchemas {
  private final ObjectNode definitions = JsonValueConverter.MAPPER.createObjectNode();

  /** What the fields refer to. */
  ObjectNode definitions() {
    return definitions;
  }

  ObjectNode of(Setting<?> setting) {
    ObjectNode field = JsonValueConverter.MAPPER.createObjectNode();
    field.put("title", setting.label());
    setting.help().ifPresent(help -> field.put("description", help));
    value(setting, field);
    setting
        .fallback()
        .ifPresent(text -> field.set("default", JsonValueConverter.json(setting, text)));
    setting
        .example()
        .ifPresent(text -> field.putArray("examples").add(JsonValueConverter.json(setting, text)));
    if (setting.isFetched()) {
      field.put("x-fetched", true);
    }
    return field;
  }

  private void value(Setting<?> setting, ObjectNode field) {
    switch (setting.type()) {
      case CHECKBOX -> field.put("type", "boolean");
      case NUMBER -> number(setting, field);
      case LIST, MULTI_SELECT -> several(setting, field);
      case DATE_RANGE -> range(field);
      default -> line(setting, field);
    }
  }

  private static void number(Setting<?> setting, ObjectNode field) {
    field.put("type", "integer");
    setting.bounds().ifPresent(b -> field.put("minimum", b.least()).put("maximum", b.most()));
  }

  private void several(Setting<?> setting, ObjectNode field) {
    field.put("type", "array");
    if (setting.isRequired()) {
      field.put("minItems", 1);
    }
    field.put("maxItems", setting.most());
    if (setting.type() == Type.MULTI_SELECT) {
      field.put("uniqueItems", true);
    }
    line(setting, field.putObject("items"));
  }

  private void range(ObjectNode field) {
    field.put("type", "object");
    definitions.putObject("day").put("pattern", whole(DateRange.DAY));
    ObjectNode ends = field.putObject("properties");
    day("From", ends.putObject("from"));
    day("To", ends.putObject("to"));
    field.put("minProperties", 1).put("additionalProperties", false);
  }

  private static void day(String title, ObjectNode end) {
    end.put("title", title).put("type", "string").put("format", "date");
    refer("day", end);
  }

  private void line(Setting<?> setting, ObjectNode text) {
    text.put("type", "string");
    if (!setting.options().isEmpty()) {
      choices(setting.options(), text);
      return;
    }
    format(setting.type(), text);
    setting.bounds().ifPresent(b -> length(b, text));
    setting.pattern().ifPresent(regex -> text.put("pattern", whole(regex)));
    refer(define(setting.type()), text);
  }

  private static void choices(List<Option> options, ObjectNode text) {
    ArrayNode choices = text.putArray("oneOf");
    options.forEach(o -> choices.addObject().put("const", o.value()).put("title", o.label()));
  }

  private static void format(Type type, ObjectNode text) {
    switch (type) {
      case PASSWORD -> text.put("format", "password").put("writeOnly", true);
      case URL -> text.put("format", "uri");
      case EMAIL -> text.put("format", "email");
      case INSTANT -> text.put("format", "date-time");
      default -> {}
    }
  }

  private static void length(Bounds bounds, ObjectNode text) {
    text.put("minLength", bounds.least()).put("maxLength", bounds.most());
  }

  // Not beside the author's pattern, which may be there.
  private static void refer(String definition, ObjectNode text) {
    text.putArray("allOf").addObject().put("$ref", "#/$defs/" + definition);
  }

  private String define(Type type) {
    String name =
        switch (type) {
          case URL, EMAIL, INSTANT -> type.name().toLowerCase(Locale.ROOT);
          case LIST, MULTI_SELECT -> "word";
          default -> "line";
        };
    definitions.putObject(name).put("pattern", whole(type.syntax()));
    return name;
  }

  private static String whole(String regex) {
    return "^(?:" + regex + ")$";
  }
}
