package dev.corpusync.testkit.store;

import dev.corpusync.store.Store;

/**
 * Opens a store in any process; a class with a public constructor without parameters.
 *
 * @since 0.1
 */
public interface StoreOpener {
  /**
   * @param place where it is, as its contract says: a file, a JDBC URL
   */
  Store open(String place);
}
