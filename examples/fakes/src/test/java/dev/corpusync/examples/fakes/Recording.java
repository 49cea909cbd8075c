package dev.corpusync.examples.fakes;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Exchanges with the real GitHub, as JSON. They are not part of the project. */
record Recording(Path file, JsonNode repository, List<JsonNode> issues) {
  private static final String FOLDER = "CORPUSYNC_RECORDINGS";

  /** Skips the test, and says why, where there is none. */
  static Recording orSkip() {
    String folder = System.getenv(FOLDER);
    assumeTrue(
        folder != null && !folder.isBlank(),
        FOLDER + " is not set: nothing was compared with the real GitHub");
    Path file = Path.of(folder, "closed-issues-606.json");
    JsonNode repository = null;
    List<JsonNode> issues = new ArrayList<>();
    for (JsonNode exchange : JsonMapper.builder().build().readTree(file.toFile())) {
      String path = exchange.get("path").stringValue();
      if (path.matches(".*/issues(\\?.*)?")) {
        exchange.get("response").forEach(issues::add);
      } else if (path.startsWith("/repos/")) {
        repository = exchange.get("response");
      }
    }
    if (repository == null || issues.isEmpty()) {
      throw new IllegalStateException("the recording holds no repository with issues");
    }
    return new Recording(file, repository, List.copyOf(issues));
  }
}
