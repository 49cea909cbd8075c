package dev.corpusync.testkit.fault;

import dev.corpusync.store.Commit;
import dev.corpusync.store.CommitResult;
import dev.corpusync.store.Store;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** Every question and every write is a step of a crash plan, not commits alone. */
public final class SteppingStore extends ForwardingStore {
  private final CrashPlan plan;

  public SteppingStore(Store store, CrashPlan plan) {
    super(store);
    this.plan = plan;
  }

  @Override
  public CommitResult commit(Commit commit) {
    return plan.step("commit", () -> store.commit(commit));
  }

  @Override
  protected <T> T part(Class<T> part, T real) {
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
