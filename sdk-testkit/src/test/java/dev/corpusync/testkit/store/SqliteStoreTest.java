package dev.corpusync.testkit.store;

import dev.corpusync.relational.RelationalStore;
import dev.corpusync.store.Store;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class SqliteStoreTest extends StoreContract {
  @TempDir Path folder;

  @Override
  protected Store open() {
    return RelationalStore.sqlite(folder.resolve("corpus.db"));
  }

  @Override
  protected Store reopen(Store before) {
    before.close();
    return open();
  }

  @Override
  protected Store beside(Store first) {
    return RelationalStore.sqlite(folder.resolve("corpus.db"));
  }
}
