package elsewhere;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.testkit.profile.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The contract ended with the same outcomes under every JUnit that it was run with in this folder. */
class SameTest {
  private static final Path REPORT =
      Path.of("target", "contract", TicketsContractTest.class.getName() + ".json");
  private static final Path OUTCOMES = Path.of("target", "outcomes");

  @Test
  void outcomes_are_the_same_under_each_junit() throws IOException {
    String version = System.getProperty("junit.version");
    assertThat(Test.class.getPackage().getImplementationVersion()).isEqualTo(version);
    JsonNode report = JsonMapper.shared().readTree(REPORT.toFile());
    assertThat(report.path("badge").asString())
        .isEqualTo(Profile.current() == Profile.QUICK ? "QUICK" : "CERTIFIED");
    TreeMap<String, String> outcomes = new TreeMap<>();
    report
        .path("checks")
        .forEach(r -> outcomes.put(r.path("check").asString(), r.path("status").asString()));
    assertThat(outcomes).hasSizeGreaterThan(150);
    Files.createDirectories(OUTCOMES);
    Files.writeString(OUTCOMES.resolve(version), outcomes.toString());
    try (Stream<Path> all = Files.list(OUTCOMES)) {
      List<Path> others = all.toList();
      System.out.println("outcomes of " + others);
      for (Path other : others) {
        assertThat(Files.readString(other)).as("outcomes under %s", other.getFileName()).isEqualTo(outcomes.toString());
      }
    }
    // The next one must bring its own.
    Files.delete(REPORT);
  }
}
