package dev.corpusync.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.corpusync.testkit.docs.Javac;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import tools.jackson.databind.JsonNode;

/** What {@code docs/first-connector.md} tells a new author to write, written and run. */
class FirstConnectorTest {
  private static final DocsPage PAGE = new DocsPage("first-connector.md");
  private static final Pattern JAVA = Pattern.compile("(?ms)^```java\\n(.*?)^```");
  private static final Pattern PLUGIN =
      Pattern.compile("<artifactId>(maven-[a-z-]+)</artifactId><version>([\\d.]+)</version>");
  private static final String CONTRACT = "wiki.WikiContractTest";

  @TempDir Path folder;

  @Test
  @EnabledIfSystemProperty(named = "corpusync.profile", matches = "proof|long")
  void it_is_red_as_the_page_shows_and_green_after_the_change_that_the_page_makes()
      throws Exception {
    List<String> blocks = new ArrayList<>();
    JAVA.matcher(PAGE.text()).results().forEach(found -> blocks.add(found.group(1)));
    assertThat(blocks).hasSize(3);
    String right = blocks.get(2);
    String wrong = right.replace("Duration.ofMinutes(2)", "Duration.ZERO");
    assertThat(blocks.get(0)).contains(wrong);

    List<String> failures = failures(run(blocks.get(0), blocks.get(1)));
    assertThat(failures).hasSize(1);
    PAGE.shows("red", DocsPage.block(failures.get(0)));

    assertThat(failures(run(blocks.get(0).replace(wrong, right), blocks.get(1)))).isEmpty();
    JsonNode report = ReportDocs.report(CONTRACT);
    PAGE.shows("green", DocsPage.block(ReportDocs.summary(report)));
  }

  @Test
  void its_plugins_are_those_that_a_project_elsewhere_is_built_with() throws IOException {
    String elsewhere = Files.readString(Path.of("src", "it", "elsewhere", "pom.xml"));
    Matcher plugin = PLUGIN.matcher(PAGE.text());
    int plugins = 0;
    while (plugin.find()) {
      plugins++;
      assertThat(elsewhere).contains(plugin.group());
    }
    assertThat(plugins).as("every plugin that mvn test runs").isEqualTo(3);
  }

  private EngineExecutionResults run(String connector, String contract) throws Exception {
    Path sources = Files.createDirectories(folder.resolve("wiki"));
    Path main = Files.writeString(sources.resolve("Wiki.java"), connector);
    Path test = Files.writeString(sources.resolve("WikiContractTest.java"), contract);
    Path classes = Files.createTempDirectory(folder, "classes");
    Javac.compile("the page's project", classes, main, test);
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
      return EngineTestKit.engine("junit-jupiter")
          .selectors(selectClass(loader.loadClass(CONTRACT)))
          .execute();
    }
  }

  private static List<String> failures(EngineExecutionResults results) {
    assertThat(results.allEvents().failed().count())
        .isEqualTo(results.testEvents().failed().count());
    return results.testEvents().failed().stream()
        .map(e -> e.getRequiredPayload(TestExecutionResult.class))
        .map(r -> String.valueOf(r.getThrowable().orElseThrow().getMessage()))
        .toList();
  }
}
