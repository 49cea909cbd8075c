package dev.corpusync.testkit.wire;

import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes JSON.
 *
 * @since 0.1
 */
public final class JsonTree {
  static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private JsonTree() {}

  /**
   * An object of names and values in turn. A value is null, a text, a number, a boolean, a time, a
   * node, or a collection of these.
   */
  public static ObjectNode object(@Nullable Object... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException("names and values in turn: one is missing");
    }
    ObjectNode object = NODES.objectNode();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      object.set(String.valueOf(namesAndValues[i]), node(namesAndValues[i + 1]));
    }
    return object;
  }

  static JsonNode node(@Nullable Object value) {
    if (value == null) {
      return NODES.nullNode();
    }
    if (value instanceof JsonNode node) {
      return node;
    }
    if (value instanceof Collection<?> all) {
      ArrayNode array = NODES.arrayNode();
      all.forEach(one -> array.add(node(one)));
      return array;
    }
    return value instanceof Instant time
        ? NODES.stringNode(time.toString())
        : MAPPER.valueToTree(value);
  }

  /**
   * Puts a value at a path of names with slashes between, making the objects on the way; {@code 0}
   * is the only element of an array.
   */
  static void set(ObjectNode root, String path, JsonNode value) {
    String[] names = path.split("/");
    ObjectNode at = root;
    for (int i = 0; i < names.length - 1; i++) {
      boolean array = names[i + 1].equals("0");
      at = array ? onlyElement(at, names[i++]) : inner(at, names[i]);
    }
    at.set(names[names.length - 1], value);
  }

  private static ObjectNode inner(ObjectNode at, String name) {
    return at.get(name) instanceof ObjectNode inner ? inner : at.putObject(name);
  }

  private static ObjectNode onlyElement(ObjectNode at, String name) {
    return at.get(name) instanceof ArrayNode array && array.get(0) instanceof ObjectNode element
        ? element
        : at.putArray(name).addObject();
  }

  static void remove(ObjectNode root, String path) {
    int slash = path.indexOf('/');
    if (slash < 0) {
      root.remove(path);
    } else if (root.get(path.substring(0, slash)) instanceof ObjectNode inner) {
      remove(inner, path.substring(slash + 1));
    }
  }
}
