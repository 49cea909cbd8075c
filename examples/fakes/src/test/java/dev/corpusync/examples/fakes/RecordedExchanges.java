package dev.corpusync.examples.fakes;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.corpusync.testkit.wire.Recording;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Exchanges with the real GitHub, as JSON. They are not part of the project. */
record RecordedExchanges(Path file, LocalDate made, JsonNode repository, List<JsonNode> issues) {
  private static final String FOLDER = "CORPUSYNC_RECORDINGS";

  /** Read once: a contract needs them in each process that it starts. */
  private static final Map<Path, RecordedExchanges> READ = new ConcurrentHashMap<>();

  /** Aborts the test with a reason where there is no recording. */
  static RecordedExchanges orSkip() {
    Optional<RecordedExchanges> found = find();
    assumeTrue(
        found.isPresent(), FOLDER + " is not set: nothing was compared with the real GitHub");
    return found.orElseThrow();
  }

  static Optional<RecordedExchanges> find() {
    return Optional.ofNullable(System.getenv(FOLDER))
        .filter(folder -> !folder.isBlank())
        .map(folder -> Path.of(folder, "closed-issues-606.json"))
        .map(file -> READ.computeIfAbsent(file, RecordedExchanges::read));
  }

  private static RecordedExchanges read(Path file) {
    JsonNode repository = null;
    List<JsonNode> issues = new ArrayList<>();
    String date = "";
    for (JsonNode exchange : JsonMapper.builder().build().readTree(file.toFile())) {
      String path = exchange.get("path").stringValue();
      if (path.matches(".*/issues(\\?.*)?")) {
        exchange.get("response").forEach(issues::add);
        date = exchange.get("headers").get("Date").stringValue();
      } else if (path.startsWith("/repos/")) {
        repository = exchange.get("response");
      }
    }
    if (repository == null || issues.isEmpty()) {
      throw new IllegalStateException("the recording holds no repository with issues");
    }
    LocalDate made = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toLocalDate();
    return new RecordedExchanges(file, made, repository, List.copyOf(issues));
  }

  /** For the contract. */
  Recording recording() {
    return new Recording(
        file.getFileName().toString(),
        made,
        Map.of("issue", issues, "repository", List.of(repository)));
  }
}
