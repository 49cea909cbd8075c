package dev.corpusync.testkit.mutant;

import dev.corpusync.artifact.Artifact;
import dev.corpusync.connection.Connection;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.document.Access;
import dev.corpusync.document.Ref;
import dev.corpusync.store.Commit;
import dev.corpusync.store.CommitResult;
import dev.corpusync.store.Corpus;
import dev.corpusync.store.ItemWrite;
import dev.corpusync.store.Outbox;
import dev.corpusync.store.Secrets;
import dev.corpusync.store.Store;
import dev.corpusync.testkit.fault.ForwardingStore;
import dev.corpusync.testkit.store.MutableCommit;
import dev.corpusync.testkit.subject.StoreFixture;
import dev.corpusync.testkit.trial.Trial;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Stores that are wrong in one way. */
final class FaultyStores {
  private FaultyStores() {}

  /** In memory, each opening changed. */
  static StoreFixture fixture(UnaryOperator<Store> changed) {
    return fixture(() -> changed);
  }

  /** In memory; each database has what remembers over its openings. */
  static StoreFixture fixture(Supplier<UnaryOperator<Store>> perDatabase) {
    return new StoreFixture() {
      @Override
      public String name() {
        return "wrong";
      }

      @Override
      public Database create() {
        Database right = StoreFixture.inMemory().create();
        UnaryOperator<Store> changed = perDatabase.get();
        return new Database() {
          @Override
          public Store open() {
            return changed.apply(right.open());
          }

          @Override
          public void close() {
            right.close();
          }
        };
      }
    };
  }

  /** Each database with a wrong store, which lives as long as the database. */
  static StoreFixture each(UnaryOperator<Store> wrong) {
    StoreFixture right = StoreFixture.inMemory();
    return new StoreFixture() {
      @Override
      public String name() {
        return "broken";
      }

      @Override
      public Database create() {
        Database database = right.create();
        Store store = wrong.apply(database.open());
        return new Database() {
          @Override
          public Store open() {
            return store;
          }

          @Override
          public void close() {
            database.close();
          }
        };
      }
    };
  }

  /** What it deletes is still found where artifacts are listed. */
  static StoreFixture hoarding() {
    return each(
        real ->
            new ForwardingStore(real) {
              private final Map<ConnectionKey, Map<Ref, Artifact>> hoards = new HashMap<>();

              @Override
              public CommitResult commit(Commit commit) {
                ConnectionKey key = commit.fence().key();
                hoards
                    .computeIfAbsent(key, k -> new TreeMap<>())
                    .putAll(
                        real.corpus()
                            .artifacts(
                                key,
                                commit.deletions().stream().map(Commit.Deletion::ref).toList()));
                return super.commit(commit);
              }

              @Override
              public Corpus corpus() {
                return changed(
                    Corpus.class,
                    real.corpus(),
                    (method, arguments, result) ->
                        method.equals("artifactsAfter")
                            ? with(hoards.getOrDefault(arguments[0], Map.of()), (List<?>) result)
                            : result);
              }

              /** In front, so that the last one is where it continues. */
              private List<Object> with(Map<Ref, Artifact> hoard, List<?> found) {
                List<Object> all = new ArrayList<>(found.isEmpty() ? Set.of() : hoard.values());
                all.addAll(found);
                return all;
              }
            });
  }

  /** All tenants are one to it. */
  static StoreFixture tenantless() {
    return each(
        real ->
            new ForwardingStore(real) {
              @Override
              protected <T> T part(Class<T> type, T part) {
                return type == Outbox.class || type == Secrets.class ? part : blind(type, part);
              }
            });
  }

  /** A change of who may read something already stored comes with the next commit. */
  static StoreFixture lateWithAccess() {
    return each(
        real ->
            new ForwardingStore(real) {
              private final Map<Ref, ItemWrite> late = new TreeMap<>();

              @Override
              public CommitResult commit(Commit commit) {
                MutableCommit all = new MutableCommit(commit);
                all.items = new ArrayList<>(late.values());
                late.clear();
                Map<Ref, Artifact> before =
                    real.corpus()
                        .artifacts(
                            commit.fence().key(),
                            commit.items().stream().map(i -> i.artifact().ref()).toList());
                for (ItemWrite item : commit.items()) {
                  Artifact old = before.get(item.artifact().ref());
                  if (old == null || old.access().equals(item.artifact().access())) {
                    all.items.add(item);
                  } else {
                    late.put(old.ref(), item);
                    all.items.add(
                        ItemWrite.of(reading(item.artifact(), old.access()))
                            .withDerived(item.derived())
                            .withEvent(item.event()));
                  }
                }
                return super.commit(all.commit());
              }
            });
  }

  static Artifact reading(Artifact artifact, Access access) {
    return Artifact.stored(
        artifact.ref(),
        artifact.parent(),
        artifact.revision(),
        artifact.payload().bytes(),
        artifact.parts().encoded(),
        access);
  }

  private static <T> T blind(Class<T> part, T real) {
    return proxy(
        part,
        (proxy, method, arguments) -> {
          Object[] changed = arguments == null ? new Object[0] : arguments.clone();
          for (int i = 0; i < changed.length; i++) {
            if (changed[i] instanceof ConnectionKey key) {
              changed[i] = new ConnectionKey(Trial.KEY.tenant(), key.id());
            } else if (changed[i] instanceof Connection c) {
              changed[i] =
                  new Connection(
                      new ConnectionKey(Trial.KEY.tenant(), c.key().id()),
                      c.connector(),
                      c.generation(),
                      c.settings());
            }
          }
          return called(() -> method.invoke(real, changed));
        });
  }

  /** What a method gives instead of what it would give. */
  interface Instead {
    Object of(String method, Object[] arguments, Object result);
  }

  static <T> T changed(Class<T> part, T real, Instead result) {
    return proxy(
        part,
        (proxy, method, arguments) ->
            result.of(method.getName(), arguments, called(() -> method.invoke(real, arguments))));
  }

  private static <T> T proxy(Class<T> part, InvocationHandler handler) {
    return part.cast(Proxy.newProxyInstance(part.getClassLoader(), new Class<?>[] {part}, handler));
  }

  private interface Invocation {
    Object call() throws ReflectiveOperationException;
  }

  private static Object called(Invocation invocation) throws Throwable {
    try {
      return invocation.call();
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
  }
}
