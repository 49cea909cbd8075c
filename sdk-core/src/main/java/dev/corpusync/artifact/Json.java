package dev.corpusync.artifact;

import dev.corpusync.error.MalformedRecordException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A strict reader of one JSON value. A path is field names joined by {@code /}; in an array, a
 * number counts its elements from 0. {@code text} and its like demand a value of their type; {@code
 * findText} and its like allow it to be absent or null, never to be something else, on the way as
 * at its end. Errors name the path, not the value.
 */
public sealed class Json permits Item {
  private static final String[] ROOT = {};
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private final JsonNode node;

  Json(JsonNode node) {
    this.node = node;
  }

  public static Json of(JsonNode node) {
    return new Json(node);
  }

  /** The tree itself. Shared: do not change it. */
  public final JsonNode tree() {
    return node;
  }

  public final String text(String path) {
    return require(findText(path), path, "text");
  }

  public final Optional<String> findText(String path) {
    return at(path).map(n -> n.isString() ? n.stringValue() : wrong(path, "text", n));
  }

  /** An identifier: text or a whole number of any size, as text. */
  public final String id(String path) {
    return require(findId(path), path, "an id");
  }

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
   * What an API names by its id at one time and sends whole at another, as when it was asked to
   * expand it: the id, or of an object what stands at {@code key} in it.
   */
  public final String idOf(String path, String key) {
    return require(findIdOf(path, key), path, "an id or an object with '" + key + "'");
  }

  public final Optional<String> findIdOf(String path, String key) {
    return at(path).isPresent() && child(path).tree().isObject()
        ? Optional.of(child(path).id(key))
        : findId(path);
  }

  public final long number(String path) {
    return require(findNumber(path), path, "a whole number");
  }

  public final Optional<Long> findNumber(String path) {
    return at(path)
        .map(
            n ->
                n.isIntegralNumber() && n.canConvertToLong()
                    ? Long.valueOf(n.longValue())
                    : wrong(path, "a whole number", n));
  }

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
   * An ISO-8601 time with its zone; a time without one is an error, since nobody knows when that
   * was.
   */
  public final Instant instant(String path) {
    return require(findInstant(path), path, "a time with its zone");
  }

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
   * A time that is written without its zone, {@code 2024-05-17 09:30:00} or with a {@code T}: only
   * for an API whose documentation says that it is UTC.
   */
  public final Instant utc(String path) {
    try {
      return IsoTime.parse(text(path).replace(' ', 'T') + "Z");
    } catch (DateTimeException e) {
      throw new MalformedRecordException("'" + path + "' is not a time without a zone");
    }
  }

  public final Instant epochSeconds(String path) {
    return Instant.ofEpochSecond(number(path));
  }

  /** JSON that stands in a text, as logs and messages carry it. */
  public final Json parsed(String path) {
    try {
      return new Json(MAPPER.readTree(text(path)));
    } catch (JacksonException e) {
      // Without the cause, which may quote the text.
      throw new MalformedRecordException("'" + path + "' is a text that is not JSON");
    }
  }

  public final Json child(String path) {
    return require(find(path), path, "a value");
  }

  /** Whatever is there, if the path leads anywhere. */
  public final Optional<Json> find(String path) {
    JsonNode found = node;
    for (String name : names(path)) {
      found = step(found, name);
    }
    return found.isMissingNode() || found.isNull()
        ? Optional.empty()
        : Optional.of(new Json(found));
  }

  /** The elements of an array that must be there; anything but an array is not an empty one. */
  public final List<Json> each(String path) {
    JsonNode array = require(at(path), path, "an array");
    if (!array.isArray()) {
      return wrong(path, "an array", array);
    }
    List<Json> all = new ArrayList<>(array.size());
    array.forEach(n -> all.add(new Json(n)));
    return all;
  }

  /** Whether the path leads to something other than null. */
  public final boolean has(String path) {
    return find(path).isPresent();
  }

  private Optional<JsonNode> at(String path) {
    JsonNode at = node;
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

  /** Nothing of the content. */
  @Override
  public final String toString() {
    return "Json(" + node.getNodeType() + ")";
  }
}
