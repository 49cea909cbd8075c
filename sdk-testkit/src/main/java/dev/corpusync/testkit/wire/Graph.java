package dev.corpusync.testkit.wire;

import dev.corpusync.testkit.fake.FakeRequest;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Posted GraphQL. */
final class Graph {
  private Graph() {}

  static Optional<String> variable(FakeRequest request, String name) {
    if (request.body().length == 0) {
      return Optional.empty();
    }
    JsonNode value = Tree.MAPPER.readTree(request.body()).path("variables").path(name);
    return value.isString() ? Optional.of(value.stringValue()) : Optional.empty();
  }
}
