package dev.corpusync.extract;

import dev.corpusync.artifact.Json;
import dev.corpusync.artifact.Payload;
import dev.corpusync.error.MalformedReplyException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a page once: its records as slices of the bytes received, each with its tree, and what
 * stands around them.
 */
final class RecordSplitter {
  /** Editors nest some tens of levels; a body of nothing but brackets would fill the stack. */
  private static final int DEEPEST = 200;

  // Jackson 3 refuses to read one value of many unless told that more may follow.
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build();
  private static final JsonMapper STRICT =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build();

  private final String call;
  private final byte[] body;
  private final String path;
  private final boolean nullable;
  private @Nullable List<Payload> records;

  /** What a page holds. */
  record Split(List<Payload> records, Json envelope) {}

  private RecordSplitter(String call, byte[] body, String path, boolean nullable) {
    this.call = call;
    this.body = body;
    this.path = path;
    this.nullable = nullable;
  }

  static Json parse(String call, byte[] body) {
    try {
      JsonNode tree = STRICT.readTree(body);
      if (tree.isMissingNode()) {
        throw new MalformedReplyException(call + " answered with an empty body: expected JSON");
      }
      return Json.of(tree);
    } catch (JacksonException e) {
      throw notJson(call, e);
    }
  }

  static Split split(String call, byte[] body, String path, boolean nullable) {
    try {
      return new RecordSplitter(call, utf8(body), path, nullable).split();
    } catch (JacksonException e) {
      return new FlawedRecords(STRICT, body).split(path).orElseThrow(() -> notJson(call, e));
    }
  }

  private Split split() {
    try (JsonParser parser = STRICT.createParser(body)) {
      parser.nextToken();
      JsonNode envelope = read(parser, "");
      if (parser.nextToken() != null) {
        throw new MalformedReplyException(call + " answered with JSON followed by something else");
      }
      if (records == null) {
        throw new MalformedReplyException(
            call
                + " answered without an array at '"
                + path
                + "': that is not an empty page. Check the path, or declare how errors look");
      }
      return new Split(records, Json.of(envelope));
    }
  }

  private JsonNode read(JsonParser parser, String at) {
    if (at.equals(path)) {
      return readRecords(parser);
    }
    boolean onTheWay = at.isEmpty() || path.startsWith(at + "/");
    if (onTheWay && parser.currentToken() == JsonToken.START_ARRAY) {
      ArrayNode array = MAPPER.createArrayNode();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        array.add(read(parser, below(at, Integer.toString(array.size()))));
      }
      return array;
    }
    if (!onTheWay || parser.currentToken() != JsonToken.START_OBJECT) {
      return MAPPER.readTree(parser);
    }
    ObjectNode object = MAPPER.createObjectNode();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      if (object.has(name)) {
        throw hasTwice(call);
      }
      parser.nextToken();
      object.set(name, read(parser, below(at, name)));
    }
    return object;
  }

  private static String below(String at, String name) {
    return at.isEmpty() ? name : at + "/" + name;
  }

  private JsonNode readRecords(JsonParser parser) {
    if (nullable && parser.currentToken() == JsonToken.VALUE_NULL) {
      records = List.of();
    }
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      return MAPPER.readTree(parser);
    }
    List<Payload> found = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      int start = (int) parser.currentTokenLocation().getByteOffset();
      JsonNode tree = MAPPER.readTree(parser);
      int end = (int) parser.currentLocation().getByteOffset();
      found.add(Payload.slice(body, start, end - start, tree));
    }
    records = found;
    return MAPPER.createArrayNode();
  }

  // Byte offsets need UTF-8 without a mark; anything else is re-coded once, which no common API
  // makes us do.
  private static byte[] utf8(byte[] body) {
    boolean marked =
        body.length > 2
            && (body[0] & 0xff) == 0xef
            && (body[1] & 0xff) == 0xbb
            && (body[2] & 0xff) == 0xbf;
    boolean wide = body.length > 1 && (body[0] == 0 || body[1] == 0 || (body[0] & 0xfe) == 0xfe);
    if (marked) {
      return java.util.Arrays.copyOfRange(body, 3, body.length);
    }
    return wide
        ? STRICT.readTree(body).toString().getBytes(java.nio.charset.StandardCharsets.UTF_8)
        : body;
  }

  private static MalformedReplyException hasTwice(String call) {
    return new MalformedReplyException(call + " answered with JSON that " + RepeatedField.FLAW);
  }

  private static MalformedReplyException notJson(String call, JacksonException e) {
    if (RepeatedField.isReasonOf(e)) {
      return hasTwice(call);
    }
    if (e instanceof StreamConstraintsException) {
      return new MalformedReplyException(
          call
              + " answered with JSON that is nested deeper than "
              + DEEPEST
              + " levels, or has a name, number or text beyond any measure: it is not read");
    }
    // The parser's own message may quote the body.
    return new MalformedReplyException(
        call
            + " answered with something that is not JSON (offset "
            + (e.getLocation() == null ? "?" : e.getLocation().getByteOffset())
            + ")");
  }
}
