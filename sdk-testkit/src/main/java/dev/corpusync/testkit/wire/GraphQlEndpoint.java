package dev.corpusync.testkit.wire;

import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Posted GraphQL: a query of one name is read as a path of its own, and its variables as the query
 * of an address.
 *
 * @param path where everything is posted to
 * @param segments variables that stand in the path, after the query's name
 */
record GraphQlEndpoint(String path, List<String> segments) {
  // Numbers go out as they came in, also those that no double holds.
  private static final JsonMapper EXACT =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  /** The same request, at the address that it would have elsewhere. */
  FakeRequest seen(FakeRequest request) {
    return query(request).map(query -> seen(request, query.name())).orElse(request);
  }

  private Optional<Selection.Query> query(FakeRequest request) {
    return request.method().equals("POST") && request.path().startsWith(path)
        ? Selection.of(PostedJson.body(request).path("query").asString(""))
        : Optional.empty();
  }

  private FakeRequest seen(FakeRequest request, String name) {
    JsonNode variables = PostedJson.body(request).path("variables");
    StringBuilder address = new StringBuilder(path).append('/').append(name);
    for (String segment : segments) {
      if (variables.has(segment)) {
        address.append('/').append(text(variables.get(segment)));
      }
    }
    Map<String, List<String>> query = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> variable : variables.properties()) {
      if (!segments.contains(variable.getKey()) && !variable.getValue().isNull()) {
        query.put(variable.getKey(), List.of(text(variable.getValue())));
      }
    }
    return new FakeRequest(
        request.number(), "POST", address.toString(), query, request.headers(), request.body());
  }

  /** Only what was asked for; and what other APIs say with a status, in the body of a 200. */
  FakeReply told(FakeRequest request, FakeReply reply) {
    if (reply.status() == 401) {
      return reply;
    }
    if (reply.status() >= 400) {
      return FakeReply.json(errors(reply).toString());
    }
    ObjectNode body = (ObjectNode) EXACT.readTree(reply.body());
    query(request).ifPresent(asked -> body.set("data", asked.fields().of(body.path("data"))));
    FakeReply answer = FakeReply.json(body.toString());
    return new FakeReply(reply.status(), reply.headers(), answer.body());
  }

  private static ObjectNode errors(FakeReply reply) {
    String message = new String(reply.body(), StandardCharsets.UTF_8);
    ObjectNode extensions = JsonTree.object("code", "REFUSED", "status_code", reply.status());
    return JsonTree.object(
        "data",
        null,
        "errors",
        List.of(JsonTree.object("message", message, "extensions", extensions)));
  }

  private static String text(JsonNode value) {
    if (!value.isArray()) {
      return value.asString("");
    }
    List<String> all = new ArrayList<>();
    value.forEach(one -> all.add(one.asString("")));
    return String.join(",", all);
  }
}
