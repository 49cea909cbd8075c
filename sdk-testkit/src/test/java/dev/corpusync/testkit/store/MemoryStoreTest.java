package dev.corpusync.testkit.store;

import dev.corpusync.store.Store;

final class MemoryStoreTest extends StoreContract {
  @Override
  protected Store open() {
    return Store.inMemory();
  }

  @Override
  protected Store reopen(Store before) {
    return before;
  }
}
