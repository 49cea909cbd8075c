package dev.corpusync.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs {@code ./demo --auth} in a process of its own, with a real Keycloak: {@code -Pkeycloak}. */
@EnabledIfSystemProperty(named = "corpusync.keycloak", matches = ".+")
class OAuthDemoTest {
  @TempDir private Path folder;

  @Test
  void an_account_lives_and_ends_and_nothing_secret_stays() throws Exception {
    assertThat(demo("--auth", "--json")).as(text("err")).isZero();
    Map<String, JsonNode> steps = new HashMap<>();
    for (JsonNode step : JsonMapper.builder().build().readTree(text("out")).path("steps")) {
      steps.put(step.path("name").asString(), step);
    }
    assertThat(steps)
        .containsOnlyKeys(
            "described",
            "sent",
            "denied",
            "consented",
            "synced",
            "renewed",
            "revoked",
            "reconnected",
            "disconnected",
            "scanned");
    JsonNode consented = steps.get("consented");
    assertThat(consented.path("forged_state").asString()).isEqualTo("STATE_FORGED");
    assertThat(consented.path("replayed").asString()).isEqualTo("STATE_USED");
    assertThat(steps.get("denied").path("another_provider").asString()).isEqualTo("ELSEWHERE");
    assertThat(steps.get("synced").path("documents").asInt()).isEqualTo(42);
    assertThat(steps.get("renewed").path("rotated").asBoolean()).isTrue();
    assertThat(steps.get("revoked").path("health").asString()).isEqualTo("NEEDS_AUTHORISATION");
    assertThat(steps.get("reconnected").path("health").asString()).isEqualTo("CONNECTED");
    assertThat(steps.get("disconnected").path("sealed").asInt()).isZero();
    assertThat(steps.get("scanned").path("found").asInt()).isZero();
    assertThat(steps.get("scanned").path("secrets").asInt()).isGreaterThan(20);
  }

  private int demo(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dcorpusync.keycloak=" + System.getProperty("corpusync.keycloak"),
                "-cp",
                System.getProperty("java.class.path"),
                Demo.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectOutput(folder.resolve("out").toFile())
        .redirectError(folder.resolve("err").toFile())
        .start()
        .waitFor();
  }

  private String text(String file) throws Exception {
    return Files.readString(folder.resolve(file), StandardCharsets.UTF_8);
  }
}
