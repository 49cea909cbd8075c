package dev.corpusync.testkit.store;

import dev.corpusync.connection.Connection;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.document.Kind;
import dev.corpusync.document.Ref;
import dev.corpusync.store.Aspect;
import dev.corpusync.store.Commit;
import dev.corpusync.store.Outbox;
import dev.corpusync.store.Store;
import dev.corpusync.store.UndeliveredChange;
import dev.corpusync.sync.Fence;
import dev.corpusync.sync.Scope;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Every method of the storage SPI, found by reflection, so that a new one is part of the checks
 * from its first day: one that this cannot call is an error.
 */
final class StoreMethods {
  private static final Set<String> WRITES =
      Set.of(
          "Store.commit",
          "Connections.create",
          "Connections.disconnect",
          "Connections.replace",
          "Leases.tryAcquire",
          "Leases.renew",
          "Leases.release",
          "Journal.purgeRunsBefore",
          "Outbox.positions",
          "Outbox.acknowledge",
          "Outbox.startOver",
          "Outbox.keepUndelivered",
          "Outbox.removeUndelivered",
          "Outbox.unsubscribe",
          "Outbox.purgeAcknowledged",
          "Secrets.replace",
          "Secrets.remove",
          "Secrets.erase",
          "Secrets.claim",
          "Secrets.release");

  /** For work over all tenants: changing the key, finishing what began, finding an account. */
  private static final Set<String> OF_ALL_TENANTS =
      Set.of("sealedByOthers", "unfinished", "ofAccount");

  private final Store store;
  private final Map<String, Object> given;
  private final String tenant;

  /** One method of one part of a store. */
  record Ability(Optional<Method> part, Method method) {
    String name() {
      return method.getDeclaringClass().getSimpleName() + "." + method.getName();
    }

    /** With its parameters, since two methods may have one name. */
    String signature() {
      return name()
          + List.of(method.getParameterTypes()).stream().map(Class::getSimpleName).toList();
    }

    boolean writes() {
      return WRITES.contains(name());
    }
  }

  /**
   * @param fence of the connection that is meant
   * @param commit what writing a commit shall mean
   */
  StoreMethods(Store store, Fence fence, Commit commit) {
    this.store = store;
    ConnectionKey key = fence.key();
    tenant = key.tenant();
    given = new TreeMap<>();
    give(ConnectionKey.class, key);
    give(Fence.class, fence);
    give(Commit.class, commit);
    give(Connection.class, StoreFixture.connection(key, fence.generation()));
    give(Kind.class, StoreFixture.ISSUE);
    give(Scope.class, StoreFixture.SCOPE);
    give(String.class, "plan");
    give(int.class, 1000);
    give(long.class, 0L);
    give(Instant.class, StoreFixture.T0);
    give(byte[].class, new byte[] {7});
    give(
        Outbox.Position.class,
        Outbox.Position.builder("plan", key, fence.generation()).acknowledged(0).build());
    give(
        UndeliveredChange.class,
        UndeliveredChange.builder("plan", key, fence.generation(), StoreFixture.ONE)
            .aspects(Set.of(Aspect.CONTENT))
            .build());
    given.put("java.util.Collection<java.lang.String>", List.of("1", "call"));
    given.put("java.util.Collection<" + Ref.class.getName() + ">", List.of(StoreFixture.ONE));
    given.put("java.util.Optional<java.lang.String>", Optional.empty());
    given.put("java.util.Optional<" + Ref.class.getName() + ">", Optional.empty());
  }

  private void give(Class<?> type, Object value) {
    given.put(type.getTypeName(), value);
  }

  /** Those of the store itself first, then in the order of their names. */
  static List<Ability> abilities() {
    List<Ability> all = new ArrayList<>();
    for (Method method : Store.class.getMethods()) {
      boolean part =
          method.getParameterCount() == 0
              && method.getReturnType().getPackage() == Store.class.getPackage()
              && !Modifier.isStatic(method.getModifiers());
      if (part) {
        for (Method ability : method.getReturnType().getMethods()) {
          if (!OF_ALL_TENANTS.contains(ability.getName())
              && !Modifier.isStatic(ability.getModifiers())) {
            all.add(new Ability(Optional.of(method), ability));
          }
        }
      } else if (method.getParameterCount() > 0) {
        all.add(new Ability(Optional.empty(), method));
      }
    }
    all.sort(
        Comparator.comparing((Ability a) -> a.part().isPresent())
            .thenComparing(Ability::signature));
    return all;
  }

  Object call(Ability ability) {
    Object target = ability.part().map(p -> ReflectiveCall.call(store, p)).orElse(store);
    List<Object> arguments = new ArrayList<>();
    for (Type type : ability.method().getGenericParameterTypes()) {
      Object value = given.get(type.getTypeName());
      if (value == null) {
        throw new IllegalStateException(
            ability.signature() + " takes a " + type + ": say in StoreMethods what to give it");
      }
      boolean first = arguments.isEmpty();
      arguments.add(first && type == String.class ? tenant : value);
    }
    return ReflectiveCall.call(target, ability.method(), arguments.toArray());
  }

  /** What every question about the connection is answered, by signature. */
  Map<String, String> answers() {
    Map<String, String> all = new TreeMap<>();
    for (Ability ability : abilities()) {
      if (!ability.writes()) {
        all.put(ability.signature(), AnswerText.of(call(ability)));
      }
    }
    return all;
  }
}
