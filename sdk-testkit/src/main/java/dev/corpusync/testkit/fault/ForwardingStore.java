package dev.corpusync.testkit.fault;

import dev.corpusync.store.Checkpoints;
import dev.corpusync.store.Commit;
import dev.corpusync.store.CommitResult;
import dev.corpusync.store.Connections;
import dev.corpusync.store.Corpus;
import dev.corpusync.store.Feature;
import dev.corpusync.store.Journal;
import dev.corpusync.store.Leases;
import dev.corpusync.store.Outbox;
import dev.corpusync.store.Secrets;
import dev.corpusync.store.Store;
import java.util.Set;

/**
 * Does as another store does, but for what is overridden. As safe for threads as that one; closing
 * closes it.
 *
 * @since 0.1
 */
public abstract class ForwardingStore implements Store {
  /** The one that does the work. */
  protected final Store store;

  protected ForwardingStore(Store store) {
    this.store = store;
  }

  /** What is handed out as a part of the store; the part itself unless this is overridden. */
  protected <T> T part(Class<T> type, T real) {
    return real;
  }

  @Override
  public CommitResult commit(Commit commit) {
    return store.commit(commit);
  }

  @Override
  public Set<Feature> features() {
    return store.features();
  }

  @Override
  public Connections connections() {
    return part(Connections.class, store.connections());
  }

  @Override
  public Leases leases() {
    return part(Leases.class, store.leases());
  }

  @Override
  public Corpus corpus() {
    return part(Corpus.class, store.corpus());
  }

  @Override
  public Checkpoints checkpoints() {
    return part(Checkpoints.class, store.checkpoints());
  }

  @Override
  public Journal journal() {
    return part(Journal.class, store.journal());
  }

  @Override
  public Outbox outbox() {
    return part(Outbox.class, store.outbox());
  }

  @Override
  public Secrets secrets() {
    return part(Secrets.class, store.secrets());
  }

  @Override
  public void close() {
    store.close();
  }
}
