package dev.corpusync.artifact;

import dev.corpusync.error.MalformedRecordException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads fields of a JSON value strictly. A path is field names joined by {@code /}; in an array, a
 * number is an index from 0. Methods such as {@link #text} require a value of their type. Methods
 * such as {@link #findText} allow it to be absent or null, but of no other type, and so for each
 * field of the path. Errors ({@link MalformedRecordException}) name the path, never the value.
 * Immutable.
 *
 * @since 0.1
 */
public sealed class Json permits Item {
  private static final String[] ROOT = {};
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY).build();
  private final JsonNode node;

  Json(JsonNode node) {
    this.node = node;
  }

  /** Wraps a tree, which must not change afterwards. */
  public static Json of(JsonNode node) {
    return new Json(node);
  }

  /** The tree. It is shared: do not change it. */
  public final JsonNode tree() {
    return read();
  }

  /** The tree, each time that something of it is read. */
  JsonNode read() {
    return node;
  }

  /** The tree, for another view of the same record. */
  final JsonNode node() {
    return node;
  }

  /** Returns the text at a path. */
  public final String text(String path) {
    return require(findText(path), path, "text");
  }

  /** Returns the text at a path; empty when it is absent or null. */
  public final Optional<String> findText(String path) {
    return at(path).map(n -> n.isString() ? n.stringValue() : wrong(path, "text", n));
  }

  /** Returns an identifier as text: a text, or a whole number of any size. */
  public final String id(String path) {
    return require(findId(path), path, "an id");
  }

  /** Returns an identifier as text; empty when it is absent or null. */
  public final Optional<String> findId(String path) {
    return at(path)
        .map(
            n -> {
              String id =
                  n.isString()
                      ? n.stringValue()
                      : n.isIntegralNumber()
                          ? n.bigIntegerValue().toString()
                          : wrong(path, "an id", n);
              return id.isBlank() ? wrong(path, "an id", n) : id;
            });
  }

  /**
   * Returns the id of a record that an API sends as an id or, expanded, as an object.
   *
   * @param key path to the id within the object
   */
  public final String idOf(String path, String key) {
    return require(findIdOf(path, key), path, "an id or an object with '" + key + "'");
  }

  /** Returns the id of such a record; empty when it is absent or null. */
  public final Optional<String> findIdOf(String path, String key) {
    return at(path).isPresent() && child(path).tree().isObject()
        ? Optional.of(child(path).id(key))
        : findId(path);
  }

  /** Returns the whole number at a path. */
  public final long number(String path) {
    return require(findNumber(path), path, "a whole number");
  }

  /** Returns the whole number at a path; empty when it is absent or null. */
  public final Optional<Long> findNumber(String path) {
    return at(path)
        .map(
            n ->
                n.isIntegralNumber() && n.canConvertToLong()
                    ? Long.valueOf(n.longValue())
                    : wrong(path, "a whole number", n));
  }

  /** Returns the boolean at a path. */
  public final boolean flag(String path) {
    return require(
        at(path)
            .map(
                n ->
                    n.isBoolean()
                        ? Boolean.valueOf(n.booleanValue())
                        : wrong(path, "true or false", n)),
        path,
        "true or false");
  }

  /**
   * Returns an ISO-8601 time with a zone. A time without a zone is an error, because it is
   * ambiguous.
   */
  public final Instant instant(String path) {
    return require(findInstant(path), path, "a time with its zone");
  }

  /** Returns an ISO-8601 time with a zone; empty when it is absent or null. */
  public final Optional<Instant> findInstant(String path) {
    return findText(path)
        .map(
            text -> {
              try {
                return IsoTime.parse(text);
              } catch (DateTimeException e) {
                throw new MalformedRecordException("'" + path + "' is not a time with its zone");
              }
            });
  }

  /**
   * Returns a time without a zone, {@code 2024-05-17 09:30:00} or with a {@code T}, as UTC. Only
   * for an API whose documentation says that its times are UTC.
   */
  public final Instant utc(String path) {
    try {
      return IsoTime.parse(text(path).replace(' ', 'T') + "Z");
    } catch (DateTimeException e) {
      throw new MalformedRecordException("'" + path + "' is not a time without a zone");
    }
  }

  /** Returns a time given in seconds since 1970. */
  public final Instant epochSeconds(String path) {
    return Instant.ofEpochSecond(number(path));
  }

  /** Parses a text that holds JSON, as in logs and messages. */
  public final Json parsed(String path) {
    try {
      return new Json(MAPPER.readTree(text(path)));
    } catch (JacksonException e) {
      // Without the cause, which may quote the text.
      throw new MalformedRecordException(
          "'" + path + "' is a text that is not JSON, or has a field twice");
    }
  }

  /** Returns the value at a path. */
  public final Json child(String path) {
    return require(find(path), path, "a value");
  }

  /** Returns the value at a path; empty when it is absent or null, or the path does not exist. */
  public final Optional<Json> find(String path) {
    JsonNode found = read();
    for (String name : names(path)) {
      found = step(found, name);
    }
    return found.isMissingNode() || found.isNull()
        ? Optional.empty()
        : Optional.of(new Json(found));
  }

  /** Returns the elements of an array. Anything but an array is an error, also an absent one. */
  public final List<Json> each(String path) {
    JsonNode array = require(at(path), path, "an array");
    if (!array.isArray()) {
      return wrong(path, "an array", array);
    }
    List<Json> all = new ArrayList<>(array.size());
    array.forEach(n -> all.add(new Json(n)));
    return all;
  }

  /** Whether there is a value other than null at a path. */
  public final boolean has(String path) {
    return find(path).isPresent();
  }

  private Optional<JsonNode> at(String path) {
    JsonNode at = read();
    for (String name : names(path)) {
      if (at.isMissingNode() || at.isNull()) {
        return Optional.empty();
      }
      at =
          at.isObject() || (at.isArray() && isIndex(name))
              ? step(at, name)
              : wrong(path, "an object around '" + name + "'", at);
    }
    return at.isMissingNode() || at.isNull() ? Optional.empty() : Optional.of(at);
  }

  private static JsonNode step(JsonNode at, String name) {
    return at.isArray() && isIndex(name) ? at.path(Integer.parseInt(name)) : at.path(name);
  }

  private static boolean isIndex(String name) {
    return name.length() < 10 && name.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static String[] names(String path) {
    if (path.isEmpty()) {
      return ROOT;
    }
    return path.indexOf('/') < 0 ? new String[] {path} : path.split("/");
  }

  private static <T> T require(Optional<T> value, String path, String expected) {
    return value.orElseThrow(
        () -> new MalformedRecordException("'" + path + "' is missing, expected " + expected));
  }

  private static <T> T wrong(String path, String expected, JsonNode found) {
    throw new MalformedRecordException(
        "'" + path + "' is a " + found.getNodeType() + ", expected " + expected);
  }

  /** The type of the value, without its content. */
  @Override
  public final String toString() {
    return "Json(" + node.getNodeType() + ")";
  }
}
