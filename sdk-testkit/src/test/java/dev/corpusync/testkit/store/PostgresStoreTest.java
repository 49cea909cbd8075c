package dev.corpusync.testkit.store;

import dev.corpusync.relational.RelationalStore;
import dev.corpusync.store.Store;
import org.junit.jupiter.api.AfterEach;
import org.postgresql.ds.PGPoolingDataSource;

/** With a pool of connections, as a host has one. */
@SuppressWarnings("deprecation") // the driver's pool is for tests, as here
final class PostgresStoreTest extends StoreContract {
  private final PGPoolingDataSource database = Postgres.pooledDatabase();

  @Override
  protected Store open() {
    return RelationalStore.open(database);
  }

  @AfterEach
  void closePool() {
    database.close();
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
