package dev.corpusync.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.relational.RelationalStore;
import dev.corpusync.store.Store;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.io.TempDir;

final class SqliteSharedTest extends SharedContract {
  @TempDir Path folder;
  private int number;

  /** A file. */
  public static final class File implements StoreOpener {
    @Override
    public Store open(String place) {
      return RelationalStore.sqlite(Path.of(place));
    }
  }

  @Override
  protected Class<? extends StoreOpener> opener() {
    return File.class;
  }

  @Override
  protected String emptyPlace() {
    return folder.resolve("shared" + ++number + ".db").toString();
  }

  @Override
  protected void requireSound(String at) throws SQLException {
    requireSoundFile(at);
  }

  static void requireSoundFile(String at) throws SQLException {
    assertThat(Rows.of(SqliteRelationalTest.wal(Path.of(at)), "PRAGMA integrity_check"))
        .containsExactly("[ok]");
  }
}
