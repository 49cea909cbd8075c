package dev.corpusync.describe;

import dev.corpusync.connection.DateRange;
import dev.corpusync.connection.Setting;
import dev.corpusync.error.InvalidConfigurationException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Converts a value between JSON and the text that a setting stores. */
final class JsonValueConverter {
  static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  // Before it is written out: 1e999999999 is one number and a gigabyte.
  private static final int MOST_DIGITS = 20;

  private JsonValueConverter() {}

  /** Returns a valid value as JSON. */
  static JsonNode json(Setting<?> setting, String text) {
    String kept = setting.kept(text);
    return switch (setting.type()) {
      case CHECKBOX -> NODES.booleanNode(kept.equals("true"));
      case NUMBER -> NODES.numberNode(Long.parseLong(kept));
      case LIST, MULTI_SELECT -> list(kept);
      case DATE_RANGE -> range(kept);
      default -> NODES.stringNode(kept);
    };
  }

  /**
   * Returns a JSON value as text, if it has the right type.
   *
   * @throws InvalidConfigurationException when it has not; never with the value
   */
  static String text(Setting<?> setting, JsonNode given) {
    return switch (setting.type()) {
      case CHECKBOX -> given.isBoolean() ? given.asString() : refuse(setting, "true or false");
      case NUMBER -> number(setting, given);
      case LIST, MULTI_SELECT -> list(setting, given);
      case DATE_RANGE -> range(setting, given);
      default -> line(setting, given, "a text");
    };
  }

  private static ArrayNode list(String kept) {
    ArrayNode list = NODES.arrayNode();
    Stream.of(kept.split(",")).filter(word -> !word.isEmpty()).forEach(list::add);
    return list;
  }

  private static ObjectNode range(String text) {
    ObjectNode range = NODES.objectNode();
    String[] ends = text.split("/", -1);
    if (!ends[0].equals(DateRange.OPEN)) {
      range.put("from", ends[0]);
    }
    if (!ends[1].equals(DateRange.OPEN)) {
      range.put("to", ends[1]);
    }
    return range;
  }

  private static String number(Setting<?> setting, JsonNode given) {
    String wanted = "a whole number";
    boolean huge = given.isDouble() && !Double.isFinite(given.doubleValue());
    if (!given.isNumber() || huge) {
      return refuse(setting, wanted);
    }
    BigDecimal number = given.decimalValue().stripTrailingZeros();
    boolean whole = number.scale() <= 0 && number.precision() - number.scale() <= MOST_DIGITS;
    return whole ? number.toBigInteger().toString() : refuse(setting, wanted);
  }

  private static String list(Setting<?> setting, JsonNode given) {
    String wanted = "a list of texts without commas";
    if (!given.isArray()) {
      return refuse(setting, wanted);
    }
    List<String> words = new ArrayList<>();
    for (JsonNode word : given) {
      String line = line(setting, word, wanted);
      if (line.indexOf(',') >= 0) {
        return refuse(setting, wanted);
      }
      words.add(line);
    }
    return String.join(",", words);
  }

  private static String range(Setting<?> setting, JsonNode given) {
    String wanted = "an object with the days 'from' and 'to', one of them or both";
    if (!given.isObject()) {
      return refuse(setting, wanted);
    }
    for (Map.Entry<String, JsonNode> end : given.properties()) {
      if (!end.getKey().equals("from") && !end.getKey().equals("to")) {
        return refuse(setting, wanted);
      }
    }
    return end(setting, given, "from", wanted) + "/" + end(setting, given, "to", wanted);
  }

  private static String end(Setting<?> setting, JsonNode range, String name, String wanted) {
    String day = range.has(name) ? setting.kept(line(setting, range.path(name), wanted)) : "";
    return day.isEmpty() ? DateRange.OPEN : day;
  }

  private static String line(Setting<?> setting, JsonNode given, String wanted) {
    return given.isString() ? given.stringValue() : refuse(setting, wanted);
  }

  private static String refuse(Setting<?> setting, String wanted) {
    throw new InvalidConfigurationException(setting.name(), "must be " + wanted);
  }
}
