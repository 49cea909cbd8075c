package dev.corpusync.testkit.store;

import dev.corpusync.memory.MemoryStore;
import dev.corpusync.store.Store;

final class MemoryStoreTest extends StoreContract {
  @Override
  protected Store open() {
    return MemoryStore.open();
  }

  @Override
  protected Store reopen(Store before) {
    return before;
  }
}
