package dev.corpusync.testkit.fault;

import dev.corpusync.store.Checkpoints;
import dev.corpusync.store.Commit;
import dev.corpusync.store.Committed;
import dev.corpusync.store.Connections;
import dev.corpusync.store.Corpus;
import dev.corpusync.store.Journal;
import dev.corpusync.store.Leases;
import dev.corpusync.store.Outbox;
import dev.corpusync.store.Secrets;
import dev.corpusync.store.Store;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * Makes each commit, and each write of a secret, a step of a crash plan. Every other method dies
 * with the process, also through a part such as {@link #leases()} that was taken while it lived.
 * Safe for many threads if the store is. Closing reaches the store, dead or not.
 */
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
    return mortal(Connections.class, store.connections());
  }

  @Override
  public Leases leases() {
    return mortal(Leases.class, store.leases());
  }

  @Override
  public Corpus corpus() {
    return mortal(Corpus.class, store.corpus());
  }

  @Override
  public Checkpoints checkpoints() {
    return mortal(Checkpoints.class, store.checkpoints());
  }

  @Override
  public Journal journal() {
    return mortal(Journal.class, store.journal());
  }

  @Override
  public Outbox outbox() {
    return mortal(Outbox.class, store.outbox());
  }

  @Override
  public Secrets secrets() {
    return new CrashingSecrets(mortal(Secrets.class, store.secrets()), plan);
  }

  @Override
  public void close() {
    store.close();
  }

  private <T> T mortal(Class<T> part, T real) {
    plan.alive(part.getSimpleName());
    Object guarded =
        Proxy.newProxyInstance(
            part.getClassLoader(),
            new Class<?>[] {part},
            (proxy, method, arguments) -> {
              plan.alive(part.getSimpleName() + "." + method.getName());
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getTargetException();
              }
            });
    return part.cast(guarded);
  }
}
