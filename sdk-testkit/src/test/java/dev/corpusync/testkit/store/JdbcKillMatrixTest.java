package dev.corpusync.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.relational.RelationalStore;
import dev.corpusync.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The contract of stores in a database against wrong ones, on SQLite. */
class JdbcKillMatrixTest {
  private static final KillMatrix MATRIX = KillMatrix.read("jdbc-kill-matrix.csv");
  private static final AtomicInteger NUMBER = new AtomicInteger();
  @TempDir static Path folder;

  /** The contract over our store in a database that is bent. */
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

  @TestFactory
  Stream<DynamicTest> every_wrong_store_fails_exactly_its_checks() {
    return SqlMutants.all().entrySet().stream()
        .map(
            mutant ->
                DynamicTest.dynamicTest(
                    mutant.getKey(),
                    () ->
                        MATRIX.requireExactly(
                            mutant.getKey(),
                            KillMatrix.failedBy(
                                () -> new Tried(folder, mutant.getValue().get())))));
  }

  @Test
  void the_right_store_passes_whole() {
    assertThat(KillMatrix.failedBy(() -> new Tried(folder, source -> source))).isEmpty();
  }

  @Test
  void every_check_is_the_first_to_find_something() {
    assertThat(MATRIX.primaries()).isEqualTo(KillMatrix.checks(Tried.class).keySet());
  }

  @Test
  void every_wrong_store_has_a_row_and_every_row_a_store() {
    assertThat(MATRIX.mutants()).isEqualTo(new TreeSet<>(SqlMutants.all().keySet()));
  }

  @TestFactory
  Stream<DynamicTest> with_a_check_emptied_the_matrix_is_red() {
    return KillMatrix.isRedWithACheckEmptied(
        MATRIX,
        KillMatrix.checks(Tried.class).keySet(),
        mutant -> new Tried(folder, SqlMutants.all().get(mutant).get()));
  }
}
