package dev.corpusync.testkit.wire;

import dev.corpusync.testkit.fake.FakeRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Posted JSON, whose fields are what query parameters are elsewhere. */
final class PostedJson {
  private PostedJson() {}

  /** Missing where the body is not JSON. */
  static JsonNode body(FakeRequest request) {
    try {
      return JsonTree.MAPPER.readTree(request.body());
    } catch (JacksonException e) {
      return JsonTree.MAPPER.missingNode();
    }
  }

  /** The same request with each field of its body as a parameter, named by its path. */
  static FakeRequest seen(FakeRequest request) {
    Map<String, List<String>> query = new LinkedHashMap<>(request.query());
    flatten("", body(request), query);
    return new FakeRequest(
        request.number(),
        request.method(),
        request.path(),
        query,
        request.headers(),
        request.body());
  }

  private static void flatten(String path, JsonNode node, Map<String, List<String>> into) {
    if (node.isObject()) {
      node.properties()
          .forEach(field -> flatten(below(path, field.getKey()), field.getValue(), into));
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        flatten(below(path, Integer.toString(i)), node.get(i), into);
      }
    } else if (!node.isMissingNode() && !node.isNull()) {
      into.put(path, List.of(node.asString("")));
    }
  }

  private static String below(String path, String name) {
    return path.isEmpty() ? name : path + "/" + name;
  }
}
