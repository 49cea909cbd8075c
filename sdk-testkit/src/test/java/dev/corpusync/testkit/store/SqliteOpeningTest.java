package dev.corpusync.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.relational.RelationalStore;
import dev.corpusync.store.Store;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteOpeningTest {
  @TempDir Path folder;

  /** One of them makes it; about one attempt in two hundred used to be told that it is locked. */
  @Test
  void several_may_open_a_file_that_is_not_there_yet() throws Exception {
    for (int i = 0; i < 60; i++) {
      Path file = folder.resolve("new" + i + ".db");
      List<Boolean> opened =
          Together.run(
              8,
              () -> {
                try (Store store = RelationalStore.sqlite(file)) {
                  return store.connections().list("acme").isEmpty();
                }
              });
      assertThat(opened).containsOnly(true).hasSize(8);
    }
  }
}
