package dev.corpusync.testkit.fault;

import dev.corpusync.store.Checkpoints;
import dev.corpusync.store.Commit;
import dev.corpusync.store.Committed;
import dev.corpusync.store.Connections;
import dev.corpusync.store.Corpus;
import dev.corpusync.store.Journal;
import dev.corpusync.store.Leases;
import dev.corpusync.store.Outbox;
import dev.corpusync.store.Store;

/** Makes each commit a step of a crash plan; reading dies with the process. */
public final class CrashingStore implements Store {
  private final Store store;
  private final CrashPlan plan;

  public CrashingStore(Store store, CrashPlan plan) {
    this.store = store;
    this.plan = plan;
  }

  @Override
  public Committed commit(Commit commit) {
    return plan.step("commit", () -> store.commit(commit));
  }

  @Override
  public Connections connections() {
    plan.alive("connections");
    return store.connections();
  }

  @Override
  public Leases leases() {
    plan.alive("leases");
    return store.leases();
  }

  @Override
  public Corpus corpus() {
    plan.alive("corpus");
    return store.corpus();
  }

  @Override
  public Checkpoints checkpoints() {
    plan.alive("checkpoints");
    return store.checkpoints();
  }

  @Override
  public Journal journal() {
    plan.alive("journal");
    return store.journal();
  }

  @Override
  public Outbox outbox() {
    plan.alive("outbox");
    return store.outbox();
  }

  @Override
  public void close() {
    store.close();
  }
}
