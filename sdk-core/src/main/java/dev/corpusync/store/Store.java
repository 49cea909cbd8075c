package dev.corpusync.store;

/**
 * Where a corpus is kept. All of a sync's writes go through {@link #commit}; the rest is reading,
 * leasing, and what a host or a subscriber decides. Safe for use by many threads; every method
 * reads the newest committed state. A backend passes {@code StoreContract} of the testkit. Every
 * failure of the backend is a {@link dev.corpusync.error.StoreException}.
 */
public interface Store extends AutoCloseable {
  /**
   * One unit of work: all of it becomes durable, or nothing (P1). Committing the same content twice
   * changes no row but run, progress and fetch times.
   *
   * @return what was counted, with the deletions and events that only the store can count
   * @throws dev.corpusync.error.LeaseLostException when the fence is not the newest; nothing is
   *     written (P2)
   */
  CommitResult commit(Commit commit);

  Connections connections();

  Leases leases();

  Corpus corpus();

  Checkpoints checkpoints();

  Journal journal();

  Outbox outbox();

  /** Sealed before they get here. */
  Secrets secrets();

  /** Releases what the store itself opened; a data source of the host stays open. */
  @Override
  void close();
}
