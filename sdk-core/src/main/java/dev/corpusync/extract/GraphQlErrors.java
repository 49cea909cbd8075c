package dev.corpusync.extract;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Maps the {@code errors} in the body of a GraphQL reply to HTTP statuses: the client then does
 * what it does for that status. An error without a mapping is a refused request. Immutable.
 *
 * @since 0.1
 */
public final class GraphQlErrors {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  private static final GraphQlErrors PLAIN = new GraphQlErrors(Map.of(), "", "");

  /** A code is a word of the API's own, never content. */
  private static final Pattern CODE = Pattern.compile("[A-Za-z][A-Za-z_]{2,63}");

  private final Map<String, Integer> statuses;
  private final String status;
  private final String wait;

  /**
   * The meaning of the errors of one body.
   *
   * @param status empty when there is no mapping
   * @param retryAfter empty when the body names none
   * @param code for messages; empty when there is none that could be shown
   */
  public record Meaning(OptionalInt status, Optional<Duration> retryAfter, Optional<String> code) {}

  private GraphQlErrors(Map<String, Integer> statuses, String status, String wait) {
    this.statuses = statuses;
    this.status = status;
    this.wait = wait;
  }

  /** No mapping: each error is a refused request. */
  public static GraphQlErrors plain() {
    return PLAIN;
  }

  /**
   * Maps an {@code extensions/code} to a status: 429 for a rate limit, 403 for denied access, 500
   * for a temporary fault. It overrides {@link #statusIn}.
   */
  public GraphQlErrors code(String code, int httpStatus) {
    Map<String, Integer> more = new HashMap<>(statuses);
    more.put(code, httpStatus);
    return new GraphQlErrors(Map.copyOf(more), status, wait);
  }

  /** Sets the path, in an error, to the HTTP status: {@code extensions/status_code}. */
  public GraphQlErrors statusIn(String path) {
    return new GraphQlErrors(statuses, path, wait);
  }

  /** Sets the path, in an error, to the seconds to wait: {@code extensions/retry_in_seconds}. */
  public GraphQlErrors waitIn(String path) {
    return new GraphQlErrors(statuses, status, path);
  }

  /** Reads a body; empty when it has no errors or is no JSON object. */
  public Optional<Meaning> in(byte[] body) {
    return errors(body).stream()
        .filter(errors -> !errors.isNull())
        .flatMap(errors -> errors.isArray() ? errors.valueStream() : Stream.of(errors))
        .map(this::meaning)
        .min(Comparator.comparingInt(GraphQlErrors::rank));
  }

  /** 404 comes last: it is the one that may delete (P5). */
  private static int rank(Meaning meaning) {
    int found = meaning.status().orElse(0);
    if (found == 429) {
      return 0;
    }
    return found >= 500 ? 1 : found == 404 || found == 410 ? 3 : 2;
  }

  private Meaning meaning(JsonNode error) {
    JsonNode word = error.path("extensions").path("code");
    String code = word.isString() ? word.stringValue() : "";
    Integer declared = statuses.get(code);
    JsonNode told = at(error, status);
    return new Meaning(
        declared != null
            ? OptionalInt.of(declared)
            : told.isInt() && told.intValue() >= 400
                ? OptionalInt.of(told.intValue())
                : OptionalInt.empty(),
        Optional.of(at(error, wait))
            .filter(JsonNode::isNumber)
            .map(seconds -> Duration.ofSeconds((long) Math.ceil(seconds.doubleValue()))),
        Optional.of(code).filter(c -> CODE.matcher(c).matches()));
  }

  private static JsonNode at(JsonNode error, String path) {
    return path.isEmpty() ? MAPPER.missingNode() : error.at("/" + path);
  }

  /** Reads only the names of the outermost object: the data is skipped, not parsed into a tree. */
  private static Optional<JsonNode> errors(byte[] body) {
    try (JsonParser parser = MAPPER.createParser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean found = parser.currentName().equals("errors");
        parser.nextToken();
        if (found) {
          return Optional.of(MAPPER.readTree(parser));
        }
        parser.skipChildren();
      }
      return Optional.empty();
    } catch (JacksonException e) {
      // The reader of the body reports this, with the offset.
      return Optional.empty();
    }
  }
}
