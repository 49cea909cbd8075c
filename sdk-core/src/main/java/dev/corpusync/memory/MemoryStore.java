package dev.corpusync.memory;

import dev.corpusync.connection.ConnectionKey;
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
import dev.corpusync.store.Storable;
import dev.corpusync.store.Store;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * A store in memory, for tests and for trying Corpusync out. It copies what goes in and what comes
 * out. Its content is lost with the process. Safe for use by many threads: one lock.
 *
 * @since 0.1
 */
public final class MemoryStore implements Store {
  private static final Set<Feature> FEATURES =
      Set.of(
          Feature.ENTITY_TAGS,
          Feature.RUN_WAITS,
          Feature.HELD_DELETIONS,
          Feature.FULL_PASS_OWED,
          Feature.ROUNDS,
          Feature.SCOPE_DEPENDENCIES,
          Feature.UNREAD_PARTS,
          Feature.OLDER_REVISIONS,
          Feature.SECRETS);

  private final Map<ConnectionKey, MemoryConnection> connections = new HashMap<>();
  private final MemoryOutbox outbox = new MemoryOutbox(this, connections);
  private final MemoryCorpus corpus = new MemoryCorpus(this);
  private final MemoryJournal journal = new MemoryJournal(this);
  private final MemorySecrets secrets = new MemorySecrets();
  private final MemoryConnections access =
      new MemoryConnections(this, connections, outbox, secrets);

  private MemoryStore() {}

  /** Opens a new, empty store. */
  public static Store open() {
    return new MemoryStore();
  }

  @Override
  public CommitResult commit(Commit commit) {
    Feature.require(this, commit.needs(), "commit a step of a run");
    MemoryCommit prepared = new MemoryCommit(commit);
    synchronized (this) {
      return prepared.apply(connections.get(Storable.key(commit.fence().key())));
    }
  }

  /** Reads or changes one connection under the lock. */
  synchronized <T> T ask(ConnectionKey key, T absent, Function<MemoryConnection, T> question) {
    MemoryConnection in = connections.get(Storable.key(key));
    return in == null ? absent : question.apply(in);
  }

  @Override
  public Set<Feature> features() {
    return FEATURES;
  }

  @Override
  public Connections connections() {
    return access;
  }

  @Override
  public Leases leases() {
    return access;
  }

  @Override
  public Corpus corpus() {
    return corpus;
  }

  @Override
  public Checkpoints checkpoints() {
    return journal;
  }

  @Override
  public Journal journal() {
    return journal;
  }

  @Override
  public Outbox outbox() {
    return outbox;
  }

  @Override
  public Secrets secrets() {
    return secrets;
  }

  @Override
  public void close() {
    // nothing was opened
  }
}
