package dev.corpusync.extract;

import dev.corpusync.document.Hash;
import dev.corpusync.error.RequestRefusedException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An HTTP request: method, path or link, query, headers, JSON body. The client adds authorisation.
 * Immutable: each method returns a changed copy.
 *
 * @since 0.1
 */
public final class Call {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final Pattern OPERATION = Pattern.compile("^\\s*query\\s+(\\w{1,80})");

  /** Servers read a fifth of this; what takes apart a longer address would take long for it. */
  private static final int LONGEST = 64 << 10;

  private final String method;
  // Below the base URL; or a link as given, which starts with / or has a scheme.
  private final String target;
  private final CallName name;
  private final Map<String, String> query;
  private final Map<String, String> headers;
  private final @Nullable JsonNode body;
  private final Set<Integer> expired;
  private final Set<Integer> empty;
  private final boolean conditional;
  private final Optional<GraphQlErrors> errors;

  private Call(
      String method,
      String target,
      CallName name,
      Map<String, String> query,
      Map<String, String> headers,
      @Nullable JsonNode body,
      Set<Integer> expired,
      Set<Integer> empty,
      boolean conditional,
      Optional<GraphQlErrors> errors) {
    this.method = method;
    this.target = target;
    this.name = name;
    this.query = query;
    this.headers = headers;
    this.body = body;
    this.expired = expired;
    this.empty = empty;
    this.conditional = conditional;
    this.errors = errors;
  }

  /**
   * A GET request below the connection's base URL. Each {@code {}} is replaced by the next
   * argument, percent-encoded as one path segment.
   */
  public static Call get(String path, Object... segments) {
    return request("GET", fill(path, segments), CallName.of(path), null);
  }

  /**
   * A POST request with a JSON body. It must only read: the client repeats it when a reply is lost.
   */
  public static Call post(String path, Object... segments) {
    return request("POST", fill(path, segments), CallName.of(path), MAPPER.createObjectNode());
  }

  /**
   * A GraphQL query with variables. Errors in the body of a 200 fail the call, also beside partial
   * data; {@link #errors} says what the API's own codes mean.
   */
  public static Call graphql(String path, String query, Map<String, ?> variables) {
    ObjectNode body = MAPPER.createObjectNode().put("query", query);
    body.set("variables", MAPPER.valueToTree(variables));
    return post(path).body(body).errors(GraphQlErrors.plain());
  }

  /**
   * A GET request for a link from a reply, followed as it is. A link without a host is relative to
   * the host, not to the base URL. The client refuses origins other than the connection's.
   */
  public static Call follow(String link) {
    return request("GET", link, CallName.LINK, null);
  }

  private static Call request(
      String method, String target, CallName name, @Nullable JsonNode body) {
    return new Call(
        method,
        target,
        name,
        Map.of(),
        Map.of(),
        body,
        Set.of(),
        Set.of(),
        false,
        Optional.empty());
  }

  private Call with(Map<String, String> otherQuery, Map<String, String> otherHeaders) {
    return new Call(
        method, target, name, otherQuery, otherHeaders, body, expired, empty, conditional, errors);
  }

  /** Whether a parameter of the query has this value. */
  boolean asksFor(String value) {
    return query.containsValue(value);
  }

  /** Sets a query parameter, replacing one of that name. */
  public Call query(String name, Object value) {
    return with(plus(query, name, value.toString()), headers);
  }

  /** Sets a header, replacing one of that name. */
  public Call header(String name, String value) {
    return with(query, plus(headers, name, value));
  }

  /**
   * This call with the headers, statuses and conditions of another: a link belongs to the same
   * listing.
   */
  Call headersOf(Call first) {
    String whole = target.startsWith("?") ? first.target.split("[?]", 2)[0] + target : target;
    return new Call(
        method,
        whole,
        first.name.ofLink(),
        query,
        first.headers,
        body,
        first.expired,
        first.empty,
        conditional,
        first.errors);
  }

  /** Sets the JSON body of a POST request. */
  public Call body(JsonNode json) {
    return new Call(
        method, target, name, query, headers, json, expired, empty, conditional, errors);
  }

  /** Sets one GraphQL variable: a number, a boolean, a list, a map; anything else as its text. */
  public Call variable(String name, Object value) {
    ObjectNode copy =
        (ObjectNode) java.util.Objects.requireNonNull(body, "a GraphQL call has a body").deepCopy();
    ((ObjectNode) copy.path("variables")).set(name, json(value));
    return body(copy);
  }

  private static JsonNode json(Object value) {
    boolean plain =
        value instanceof Number
            || value instanceof Boolean
            || value instanceof Collection
            || value instanceof Map;
    return MAPPER.valueToTree(plain ? value : value.toString());
  }

  /**
   * Sets a parameter where this call has them: a variable of a GraphQL query, a field of another
   * POST request's body, a query parameter of a GET request.
   */
  public Call parameter(String name, Object value) {
    if (errors.isPresent()) {
      return variable(name, value);
    }
    return body instanceof ObjectNode object
        ? body(object.deepCopy().set(name, json(value)))
        : query(name, value);
  }

  /** Sets what the codes in a GraphQL API's errors mean. */
  public Call errors(GraphQlErrors meaning) {
    return new Call(
        method,
        target,
        name,
        query,
        headers,
        body,
        expired,
        empty,
        conditional,
        Optional.of(meaning));
  }

  /** Adds statuses with which this API says that it no longer knows a cursor. */
  public Call expiredOn(Integer... statuses) {
    Set<Integer> all = new TreeSet<>(expired);
    all.addAll(List.of(statuses));
    return new Call(
        method, target, name, query, headers, body, Set.copyOf(all), empty, conditional, errors);
  }

  /**
   * Adds statuses, such as 204, with which this API says that a listing has no records, or no more.
   * Undeclared, an answer without a body is an empty page that proves nothing.
   */
  public Call emptyOn(Integer... statuses) {
    Set<Integer> all = new TreeSet<>(empty);
    all.addAll(List.of(statuses));
    return new Call(
        method, target, name, query, headers, body, expired, Set.copyOf(all), conditional, errors);
  }

  /**
   * Sends the ETag of the stored reply, so that an unchanged reply has no body and, with some APIs,
   * does not count against the rate limit.
   */
  public Call conditional() {
    return new Call(method, target, name, query, headers, body, expired, empty, true, errors);
  }

  /** The HTTP method. */
  public String method() {
    return method;
  }

  /** A hash of the request, under which the ETag of its reply is stored. */
  public String key() {
    List<String> all = new ArrayList<>(List.of(method, target));
    all.add(Integer.toString(query.size()));
    query.forEach(
        (name, value) -> {
          all.add(name);
          all.add(value);
        });
    all.add(body == null ? "" : body.toString());
    return Hash.of(all);
  }

  /**
   * The full URL.
   *
   * @throws RequestRefusedException when it is longer than any server reads
   */
  public URI uri(URI base) {
    if (target.length() > LONGEST) {
      throw new RequestRefusedException(
          this + " is an address of more than " + (LONGEST >> 10) + " kB. Nothing was sent");
    }
    boolean given = target.startsWith("/") || target.matches("(?is)https?://.*");
    StringBuilder text =
        new StringBuilder(
            given ? base.resolve(legal(target)).toString() : base + "/" + legal(target));
    char separator = target.indexOf('?') < 0 ? '?' : '&';
    for (Map.Entry<String, String> parameter : query.entrySet()) {
      text.append(separator)
          .append(encode(parameter.getKey()))
          .append('=')
          .append(encode(parameter.getValue()));
      separator = '&';
    }
    return URI.create(text.toString());
  }

  /** Headers to send. */
  public Map<String, String> headers() {
    return headers;
  }

  /** The JSON body; empty for a GET request. */
  public Optional<JsonNode> body() {
    return Optional.ofNullable(body);
  }

  /** Statuses with which the API says that it no longer knows a cursor. */
  public Set<Integer> expired() {
    return expired;
  }

  /** Statuses with which the API says that a listing has no records, or no more. */
  public Set<Integer> empty() {
    return empty;
  }

  /** Whether the ETag of the stored reply is sent. */
  public boolean isConditional() {
    return conditional;
  }

  /** How the body of a 200 may hold errors; empty when this is no GraphQL query. */
  public Optional<GraphQlErrors> errors() {
    return errors;
  }

  /**
   * The method and the path as the author wrote it, of a GraphQL query also its name: for messages,
   * without ids that may be private. Of a link, only that it is one, and of which listing.
   */
  @Override
  public String toString() {
    return method + " " + name + operation();
  }

  private String operation() {
    Matcher name = OPERATION.matcher(body == null ? "" : body.path("query").asString(""));
    return errors.isPresent() && name.find() ? " (" + name.group(1) + ")" : "";
  }

  // Real servers put these into their links; browsers encode them, and so do we.
  private static String legal(String link) {
    StringBuilder legal = new StringBuilder();
    link.chars()
        .forEach(
            c -> {
              if (" \"<>^`{|}".indexOf(c) >= 0) {
                legal.append('%').append(Integer.toHexString(c).toUpperCase(Locale.ROOT));
              } else {
                legal.append((char) c);
              }
            });
    return legal.toString();
  }

  private static String fill(String path, Object... segments) {
    StringBuilder filled = new StringBuilder();
    int from = 0;
    for (Object segment : segments) {
      int at = path.indexOf("{}", from);
      if (at < 0) {
        throw new IllegalArgumentException(
            "'" + path + "' takes fewer arguments than " + segments.length);
      }
      filled.append(path, from, at).append(segment(segment.toString()));
      from = at + 2;
    }
    if (path.indexOf("{}", from) >= 0 || !path.startsWith("/")) {
      throw new IllegalArgumentException(
          "'" + path + "' must start with / and get an argument for each {}");
    }
    return filled.append(path, from, path.length()).substring(1);
  }

  // A client resolves these two, encoded or not, before it sends: they would climb out of the path.
  private static String segment(String text) {
    if (text.equals(".") || text.equals("..")) {
      throw new IllegalArgumentException("an argument of a path is '.' or '..'");
    }
    return encode(text).replace("+", "%20");
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static Map<String, String> plus(Map<String, String> map, String name, String value) {
    Map<String, String> copy = new LinkedHashMap<>(map);
    copy.put(name, value);
    return copy;
  }
}
