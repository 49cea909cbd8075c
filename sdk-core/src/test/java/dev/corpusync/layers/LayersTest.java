package dev.corpusync.layers;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The folder list is the story of the data, and stays so. */
class LayersTest {
  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.corpusync");

  static Stream<Map.Entry<String, ArchRule>> rules() {
    return Layers.rules().entrySet().stream();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void core_keeps_the_rule(Map.Entry<String, ArchRule> rule) {
    rule.getValue().check(CORE);
  }

  @Test
  void every_package_has_its_place() {
    Set<String> known =
        new HashSet<>(
            Set.of(
                "engine",
                "connector",
                "describe",
                "discover",
                "vault",
                "oauth",
                "http",
                "memory",
                "relational",
                "run"));
    known.addAll(Layers.NOUNS);
    known.addAll(Layers.STAGES);
    Set<String> there =
        CORE.stream()
            .map(c -> c.getPackageName().substring(Layers.ROOT.length()))
            .collect(Collectors.toSet());

    assertThat(there).isEqualTo(known);
  }

  @Test
  void no_source_file_is_too_long() {
    assertThat(Sources.tooLong(Sources.root())).isEmpty();
  }

  @Test
  void every_package_says_in_one_sentence_what_it_is() {
    assertThat(Sources.unexplained(Sources.root().resolve("sdk-core/src/main/java"))).isEmpty();
    assertThat(Sources.unexplained(Sources.root().resolve("sdk-testkit/src/main/java"))).isEmpty();
  }
}
