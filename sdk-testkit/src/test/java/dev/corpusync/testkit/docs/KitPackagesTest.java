package dev.corpusync.testkit.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The packages of the connector contract import each other in one direction only. */
class KitPackagesTest {
  /** From what an author extends down to what a check works on; each imports only later ones. */
  private static final List<String> ORDER =
      List.of("contract", "check", "probe", "trial", "subject");

  private static final Path KIT = Path.of("src/main/java/dev/corpusync/testkit");

  @Test
  void each_package_of_the_contract_imports_only_packages_below_it() throws IOException {
    for (int at = 0; at < ORDER.size(); at++) {
      for (String above : ORDER.subList(0, at)) {
        assertThat(importing(ORDER.get(at), above))
            .as("files of '%s' that import '%s'", ORDER.get(at), above)
            .isEmpty();
      }
    }
  }

  @Test
  void an_import_is_found() throws IOException {
    assertThat(importing("contract", "check")).isNotEmpty();
  }

  private static List<String> importing(String in, String other) throws IOException {
    try (Stream<Path> files = Files.list(KIT.resolve(in))) {
      return files
          .filter(file -> read(file).contains("dev.corpusync.testkit." + other + "."))
          .map(file -> file.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
