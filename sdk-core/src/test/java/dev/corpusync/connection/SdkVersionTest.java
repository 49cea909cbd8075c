package dev.corpusync.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SdkVersionTest {
  @ParameterizedTest
  @CsvSource({
    "1.4.2, 1.4, true",
    "1.4.0, 1.4.0, true",
    "1.10, 1.9, true",
    "1.4, 1.5, false",
    "2.0, 1.9, false",
    "1.4, 2.0, false",
    "0.1.3, 0.1.2, true",
    "0.1.1, 0.1.2, false",
    "0.2, 0.1, false"
  })
  void runs_what_was_made_for_an_older_one_of_its_kind(String ours, String needed, boolean runs) {
    assertThat(SdkVersion.of(ours).runs(SdkVersion.of(needed))).isEqualTo(runs);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "1.x", "v1.2", "1.2.3.4", "1.2-SNAPSHOT", "99999.0", "-1.0"})
  void refuses_what_is_no_version(String text) {
    assertThatThrownBy(() -> SdkVersion.of(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void is_the_version_of_the_build() throws IOException {
    String pom = Files.readString(Path.of("pom.xml"));

    assertThat(pom).containsPattern("<version>" + SdkVersion.CURRENT + "(-SNAPSHOT)?</version>");
  }
}
