package dev.corpusync.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The code in the README is exactly what is compiled and run, and its links lead to files. */
class ReadmeTest {
  private static final Path ROOT = Path.of(System.getProperty("corpusync.root"));
  private static final Pattern SNIPPET = Pattern.compile("(?s)```java\\n(.*?)```");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");

  @Test
  void embedding_is_shown_as_it_is_compiled_in_at_most_25_lines() throws IOException {
    String file = read("examples/demo/src/main/java/dev/corpusync/examples/demo/EmbedExample.java");
    String region =
        file.substring(file.indexOf("// region embed\n") + 16, file.indexOf("  // endregion"));
    String shown = region.stripTrailing().stripIndent() + "\n";
    assertThat(snippets()).contains(shown);
    assertThat(shown.lines().count()).isLessThanOrEqualTo(25);
  }

  @Test
  void the_smallest_connector_is_shown_whole_in_at_most_60_lines() throws IOException {
    String file =
        read("examples/helpdesk/src/main/java/dev/corpusync/examples/helpdesk/Helpdesk.java");
    assertThat(snippets()).contains(file);
    assertThat(file.lines().count()).isLessThanOrEqualTo(60);
  }

  @Test
  void no_other_code_is_shown() throws IOException {
    assertThat(snippets()).hasSize(2);
  }

  @Test
  void every_link_into_the_repository_leads_somewhere() throws IOException {
    Matcher link = LINK.matcher(read("README.md"));
    while (link.find()) {
      assertThat(ROOT.resolve(link.group(1))).exists();
    }
  }

  private static List<String> snippets() throws IOException {
    List<String> snippets = new ArrayList<>();
    Matcher snippet = SNIPPET.matcher(read("README.md"));
    while (snippet.find()) {
      snippets.add(snippet.group(1));
    }
    return snippets;
  }

  private static String read(String path) throws IOException {
    return Files.readString(ROOT.resolve(path));
  }
}
