package dev.corpusync.extract;

import java.util.HashSet;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON with a field twice in one object: parsers differ in which of them counts, so an id, a
 * visibility or a cursor could be read otherwise than the API meant it.
 */
final class RepeatedField {
  /** The predicate of a message whose subject is the record or the body; names no field. */
  static final String FLAW =
      "has a field twice in one object, so that it is not known which of the two counts";

  private static final JsonMapper MAPPER =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private RepeatedField() {}

  /** Whether a parser that refuses repeated fields ended with one. */
  static boolean isReasonOf(JacksonException e) {
    return e instanceof MismatchedInputException
        && e.getOriginalMessage()
            .contains(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY.name());
  }

  /** Reads a value without the fields that it has twice. */
  static JsonNode read(JsonParser parser) {
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      ArrayNode array = MAPPER.createArrayNode();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        array.add(read(parser));
      }
      return array;
    }
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      return MAPPER.readTree(parser);
    }
    ObjectNode object = MAPPER.createObjectNode();
    Set<String> repeated = new HashSet<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      JsonNode value = read(parser);
      if (object.has(name)) {
        repeated.add(name);
      }
      object.set(name, value);
    }
    object.remove(repeated);
    return object;
  }
}
