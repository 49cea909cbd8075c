package dev.corpusync.testkit.hook;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Bodies that are changed with a view to what they mean. */
final class Json {
  static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final ObjectWriter ODD =
      MAPPER
          .writer()
          .with(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("\t", "\r\n")))
          .with(JsonWriteFeature.ESCAPE_NON_ASCII);

  private Json() {}

  /** Sets a field; an array on the way to it is gone through. */
  static byte[] with(byte[] body, List<String> path, Object value) {
    JsonNode tree = read(body);
    if (put(tree, path, value) == 0) {
      throw new IllegalArgumentException(
          "the body of a delivery has no place for the field " + String.join(".", path));
    }
    return MAPPER.writeValueAsBytes(tree);
  }

  private static int put(JsonNode at, List<String> path, Object value) {
    if (at.isArray()) {
      return at.valueStream().mapToInt(one -> put(one, path, value)).sum();
    }
    if (!(at instanceof ObjectNode object)) {
      return 0;
    }
    if (path.size() > 1) {
      return put(object.path(path.get(0)), path.subList(1, path.size()), value);
    }
    object.putPOJO(path.get(0), value);
    return 1;
  }

  /** The same meaning in other bytes: other order, white space, line ends and escapes. */
  static byte[] rewritten(byte[] body) {
    return ODD.writeValueAsBytes(reversed(read(body)));
  }

  private static JsonNode reversed(JsonNode tree) {
    List<String> names = new ArrayList<>(tree.propertyNames());
    Collections.reverse(names);
    ObjectNode turned = MAPPER.createObjectNode();
    names.forEach(name -> turned.set(name, tree.path(name)));
    return tree.isObject() ? turned : tree;
  }

  private static JsonNode read(byte[] body) {
    try {
      return MAPPER.readTree(body);
    } catch (JacksonException e) {
      // Not as the cause: it quotes what it read.
      throw new IllegalArgumentException(
          "the body of a delivery, of " + body.length + " bytes, is to be changed and is no JSON");
    }
  }
}
