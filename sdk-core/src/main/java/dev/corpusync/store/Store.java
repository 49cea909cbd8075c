package dev.corpusync.store;

import java.util.Set;

/**
 * Where a corpus is kept. All of a sync's writes go through {@link #commit}; the rest is reading,
 * leasing, and what a host or a subscriber decides. Safe for use by many threads; every method
 * reads the newest committed state. A backend passes {@code StoreContract} of the testkit. Every
 * failure of the backend is a {@link dev.corpusync.error.StoreException}.
 *
 * @since 0.1
 */
public interface Store extends AutoCloseable {
  /**
   * One unit of work: all of it becomes durable, or nothing (P1). Committing the same content twice
   * changes no row but run, progress and fetch times.
   *
   * @return what was counted, with the deletions and events that only the store can count
   * @throws dev.corpusync.error.LeaseLostException when the fence is not the newest; nothing is
   *     written (P2)
   * @throws dev.corpusync.error.UnsupportedFeatureException when the commit {@linkplain
   *     Commit#needs() needs} a feature that is not one of {@link #features()}; nothing is written
   */
  CommitResult commit(Commit commit);

  /**
   * The features that this store supports. List them by hand: a store that returned every feature
   * of the version that it runs with would claim what it does not keep.
   */
  Set<Feature> features();

  Connections connections();

  Leases leases();

  Corpus corpus();

  Checkpoints checkpoints();

  Journal journal();

  Outbox outbox();

  /** Returns the secrets, which are sealed before the store receives them. */
  Secrets secrets();

  /** Closes what the store itself opened; a data source of the host stays open. */
  @Override
  void close();
}
