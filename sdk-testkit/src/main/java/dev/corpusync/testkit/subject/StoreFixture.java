package dev.corpusync.testkit.subject;

import dev.corpusync.memory.MemoryStore;
import dev.corpusync.relational.RelationalStore;
import dev.corpusync.store.Store;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/**
 * Stores to run a contract on: each fresh, each able to be opened again after its process died.
 *
 * @since 0.1
 */
public interface StoreFixture {
  /** For a test's name. */
  String name();

  /** An empty database that outlives the stores opened on it. */
  Database create();

  /** Where stores are opened, one after another. */
  interface Database extends AutoCloseable {
    Store open();

    /** Files whose bytes are looked through for what must not be there; those that exist count. */
    default List<Path> files() {
      return List.of();
    }

    @Override
    void close();
  }

  /** In an SQLite file of its own in a folder, which the caller deletes. */
  static StoreFixture sqlite(Path folder) {
    return new StoreFixture() {
      @Override
      public String name() {
        return "SQLite";
      }

      @Override
      public Database create() {
        Path file = folder.resolve(UUID.randomUUID() + ".db");
        Store store = RelationalStore.sqlite(file);
        return new Database() {
          @Override
          public Store open() {
            return store;
          }

          @Override
          public List<Path> files() {
            return List.of(file, file.resolveSibling(file.getFileName() + "-wal"));
          }

          @Override
          public void close() {
            store.close();
          }
        };
      }
    };
  }

  /** In memory: the same store again, as what a crash leaves is what was committed. */
  static StoreFixture inMemory() {
    return new StoreFixture() {
      @Override
      public String name() {
        return "memory";
      }

      @Override
      public Database create() {
        Store store = MemoryStore.open();
        return new Database() {
          @Override
          public Store open() {
            return store;
          }

          @Override
          public void close() {
            store.close();
          }
        };
      }
    };
  }
}
