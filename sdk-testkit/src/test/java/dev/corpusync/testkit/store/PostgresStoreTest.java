package dev.corpusync.testkit.store;

import dev.corpusync.relational.RelationalStore;
import dev.corpusync.store.Store;
import javax.sql.DataSource;

final class PostgresStoreTest extends StoreContract {
  private final DataSource database = Postgres.emptyDatabase();

  @Override
  protected Store open() {
    return RelationalStore.open(database);
  }

  @Override
  protected Store reopen(Store before) {
    before.close();
    return open();
  }

  @Override
  protected Store beside(Store first) {
    return RelationalStore.open(database);
  }
}
