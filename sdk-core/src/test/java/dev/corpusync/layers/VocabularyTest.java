package dev.corpusync.layers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources and docs use the standard terms of this field, one for each idea. */
class VocabularyTest {
  private final Vocabulary vocabulary = Vocabulary.load();

  @Test
  void no_source_and_no_page_uses_a_word_of_the_list() {
    assertThat(vocabulary.findings(Sources.root())).isEmpty();
  }

  @Test
  void every_permission_of_the_list_is_needed() {
    assertThat(vocabulary.unusedPermissions(Sources.root())).isEmpty();
  }

  @Test
  void every_word_of_the_list_is_found_where_it_is_used(@TempDir Path folder) throws IOException {
    assertThat(vocabulary.words()).hasSizeGreaterThan(45).doesNotHaveDuplicates();
    for (String word : vocabulary.words()) {
      Files.writeString(folder.resolve("Page.md"), "One line.\nThen " + word + " comes.\n");
      assertThat(vocabulary.findings(folder)).as(word).hasSize(1);
      assertThat(vocabulary.findings(folder).get(0))
          .startsWith("Page.md:2: \"" + word + "\": write ");
    }
  }

  @Test
  void a_word_is_found_across_lines_of_a_comment_in_test_names_and_at_a_start(@TempDir Path folder)
      throws IOException {
    Files.writeString(
        folder.resolve("Some.java"),
        """
        /**
         * It says whose
         * turn it is.
         */
        void says_whose_turn_it_is() {}
        // Whose turn it is.
        """);
    assertThat(vocabulary.findings(folder))
        .extracting(finding -> finding.replaceFirst(": .*", ""))
        .containsExactly("Some.java:2", "Some.java:5", "Some.java:6");
  }

  @Test
  void a_part_of_another_word_is_not_found(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("Page.md"), "Patiences, impatience, SyncListeners.\n");
    assertThat(vocabulary.findings(folder)).isEmpty();
  }
}
