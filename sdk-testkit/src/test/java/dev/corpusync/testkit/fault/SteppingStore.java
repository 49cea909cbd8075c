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

/** Every question and every write is a step of a crash plan, not commits alone. */
public final class SteppingStore implements Store {
  private final Store store;
  private final CrashPlan plan;

  public SteppingStore(Store store, CrashPlan plan) {
    this.store = store;
    this.plan = plan;
  }

  @Override
  public Committed commit(Commit commit) {
    return plan.step("commit", () -> store.commit(commit));
  }

  @Override
  public Connections connections() {
    return stepping(Connections.class, store.connections());
  }

  @Override
  public Leases leases() {
    return stepping(Leases.class, store.leases());
  }

  @Override
  public Corpus corpus() {
    return stepping(Corpus.class, store.corpus());
  }

  @Override
  public Checkpoints checkpoints() {
    return stepping(Checkpoints.class, store.checkpoints());
  }

  @Override
  public Journal journal() {
    return stepping(Journal.class, store.journal());
  }

  @Override
  public Outbox outbox() {
    return stepping(Outbox.class, store.outbox());
  }

  @Override
  public Secrets secrets() {
    return stepping(Secrets.class, store.secrets());
  }

  @Override
  public void close() {
    store.close();
  }

  private <T> T stepping(Class<T> part, T real) {
    Object stepping =
        Proxy.newProxyInstance(
            part.getClassLoader(),
            new Class<?>[] {part},
            (proxy, method, arguments) ->
                plan.step(
                    part.getSimpleName() + "." + method.getName(),
                    () -> {
                      try {
                        return method.invoke(real, arguments);
                      } catch (InvocationTargetException e) {
                        throw rethrown(e.getTargetException());
                      } catch (IllegalAccessException e) {
                        throw new LinkageError("a part of the store cannot be called", e);
                      }
                    }));
    return part.cast(stepping);
  }

  private static RuntimeException rethrown(Throwable thrown) {
    if (thrown instanceof RuntimeException e) {
      return e;
    }
    throw (Error) thrown;
  }
}
