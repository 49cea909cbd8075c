package dev.corpusync.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.relational.RelationalStore;
import dev.corpusync.store.Store;
import dev.corpusync.testkit.mutant.KillMatrix;
import dev.corpusync.testkit.mutant.KillMatrixContract;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract of stores in a database against wrong ones, on SQLite. */
class JdbcKillMatrixTest extends KillMatrixContract {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  @TempDir static Path folder;

  static final KillMatrix<?> MATRIX =
      StoreTrial.matrix(
          "jdbc",
          Tried.class,
          SqlMutants.all().stream()
              .<KillMatrix.Entry<Supplier<? extends StoreFixture>>>map(
                  m ->
                      new KillMatrix.Entry<>(
                          m.name(), m.foundBy(), () -> new Tried(folder, m.subject().get())))
              .toList());

  /** The contract over our store in a database that is altered. */
  static final class Tried extends JdbcContract {
    private final UnaryOperator<DataSource> change;
    private final Path folder;

    Tried(Path folder, UnaryOperator<DataSource> change) {
      this.folder = folder;
      this.change = change;
    }

    @Override
    protected DataSource emptyDatabase() {
      return SqliteRelationalTest.wal(folder.resolve("db" + NUMBER.incrementAndGet()));
    }

    @Override
    protected Store open(DataSource source) {
      return RelationalStore.open(change.apply(source));
    }

    @Override
    int stride() {
      return PROFILE.choose(5, 5, 1);
    }

    @Override
    protected void makeNewer(DataSource source) throws SQLException {
      Rows.execute(source, "INSERT INTO corpusync_migration (version) VALUES (99)");
    }

    @Override
    protected byte[] raw(DataSource source) throws IOException {
      return SqliteRelationalTest.files(source);
    }
  }

  @Override
  protected KillMatrix<?> matrix() {
    return MATRIX;
  }

  @Test
  void the_right_store_passes_whole() {
    assertThat(StoreTrial.failedBy(() -> new Tried(folder, source -> source))).isEmpty();
  }
}
