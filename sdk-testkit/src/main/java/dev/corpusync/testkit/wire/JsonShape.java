package dev.corpusync.testkit.wire;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * What JSON looks like, whatever it says: each path with the types of value that it was seen with.
 *
 * @since 0.1
 */
public final class JsonShape {
  private final Map<String, Set<String>> types = new TreeMap<>();

  private JsonShape() {}

  /** The types at each path of these records; {@code absent} where some leave it out. */
  public static Map<String, Set<String>> of(List<JsonNode> records) {
    JsonShape shape = new JsonShape();
    shape.objects("", records);
    return shape.types;
  }

  private void objects(String prefix, List<JsonNode> objects) {
    Set<String> names = new TreeSet<>();
    objects.forEach(object -> names.addAll(object.propertyNames()));
    for (String name : names) {
      List<JsonNode> values =
          objects.stream().filter(o -> o.has(name)).map(o -> o.get(name)).toList();
      if (values.size() < objects.size()) {
        seen(prefix + name, "absent");
      }
      values(prefix + name, values);
    }
  }

  private void values(String path, List<JsonNode> values) {
    values.forEach(value -> seen(path, type(value)));
    List<JsonNode> nested = values.stream().filter(JsonNode::isObject).toList();
    if (!nested.isEmpty()) {
      objects(path + "/", nested);
    }
    List<JsonNode> elements =
        values.stream().filter(JsonNode::isArray).flatMap(array -> array.valueStream()).toList();
    if (!elements.isEmpty()) {
      values(path + "[]", elements);
    }
  }

  private void seen(String path, String type) {
    types.computeIfAbsent(path, p -> new TreeSet<>()).add(type);
  }

  private static String type(JsonNode value) {
    if (value.isIntegralNumber()) {
      return "whole number";
    }
    if (!value.isString()) {
      return value.getNodeType().toString();
    }
    return value.stringValue().matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ")
        ? "time to the second"
        : "STRING";
  }
}
