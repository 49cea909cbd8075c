package dev.corpusync.testkit.fault;

import dev.corpusync.store.Commit;
import dev.corpusync.store.CommitResult;
import dev.corpusync.store.Secrets;
import dev.corpusync.store.Store;
import dev.corpusync.sync.Run;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * Makes each commit, and each write of a secret, a step of a crash plan. Every other method dies
 * with the process, also through a part such as {@link #leases()} that was taken while it lived.
 * Safe for many threads if the store is. Closing reaches the store, dead or not.
 *
 * @since 0.1
 */
public final class CrashingStore extends ForwardingStore {
  /** What a dead process tried when it committed nothing but the end of its run. */
  public static final String RUN_END = "commit of the run's end";

  private final CrashPlan plan;

  public CrashingStore(Store store, CrashPlan plan) {
    super(store);
    this.plan = plan;
  }

  @Override
  public CommitResult commit(Commit commit) {
    plan.alive(isRunEnd(commit) ? RUN_END : "commit");
    return plan.step("commit", () -> store.commit(commit));
  }

  private static boolean isRunEnd(Commit commit) {
    return commit.record().filter(run -> run.state() != Run.State.RUNNING).isPresent()
        && commit.items().isEmpty()
        && commit.deletions().isEmpty()
        && commit.changed().isEmpty()
        && commit.scopeDependencies().isEmpty()
        && commit.unread().isEmpty()
        && commit.read().isEmpty()
        && commit.entityTags().isEmpty()
        && commit.failures().isEmpty()
        && commit.resolved().isEmpty()
        && commit.checkpoint().isEmpty()
        && commit.seen().isEmpty()
        && commit.clearSeen().isEmpty()
        && commit.held().isEmpty()
        && commit.decided().isEmpty();
  }

  @Override
  public Secrets secrets() {
    return new CrashingSecrets(super.secrets(), plan);
  }

  /** Dies with the process. */
  @Override
  protected <T> T part(Class<T> part, T real) {
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
