package dev.corpusync.testkit.store;

import dev.corpusync.memory.MemoryStore;
import dev.corpusync.store.Secrets;
import dev.corpusync.store.Store;
import dev.corpusync.testkit.mutant.KillMatrix;
import dev.corpusync.testkit.mutant.KillMatrix.Entry;
import dev.corpusync.testkit.mutant.KillMatrixContract;
import dev.corpusync.testkit.store.ClaimMutants.Claim;
import dev.corpusync.testkit.store.ClaimMutants.Claims;
import dev.corpusync.testkit.store.ClaimMutants.Door;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Each test of the contract of secrets fails on the stores that it is there for, and on no others:
 * the failed set of each mutant equals its row.
 */
class SecretsKillMatrixTest extends KillMatrixContract {
  private static final String KEPT = "a_secret_is_kept_as_it_was_given_and_outlives_the_process";
  private static final String PLACE = "a_secret_belongs_to_one_tenant_one_connection_and_one_field";
  private static final String REPLACED = "only_who_has_seen_the_newest_version_replaces_it";
  private static final String REMOVED =
      "a_secret_is_removed_once_and_only_by_who_has_seen_the_newest_version";
  private static final String AFTER =
      "who_has_seen_an_erased_secret_never_writes_over_the_one_that_came_after_it";
  private static final String ERASED = "erasing_leaves_nothing_of_a_connection_and_can_be_repeated";
  private static final String DISCONNECTED =
      "disconnecting_erases_the_secrets_of_exactly_this_connection";
  private static final String LISTED = "what_other_keys_have_sealed_is_listed_over_all_tenants";
  private static final String CLAIMED =
      "a_claim_lets_one_in_until_it_is_released_or_its_time_is_over";
  private static final String EXPIRED =
      "a_claim_expires_by_the_callers_clock_and_can_be_made_longer";
  private static final String TOGETHER =
      "of_many_processes_one_claims_one_replaces_and_one_removes";
  private static final String LOST = "no_write_of_many_processes_is_lost";

  /** Each subject opens the same data in one more process, for each new store. */
  private static Entry<Supplier<UnaryOperator<Store>>> mutant(
      String foundBy, String name, Function<Secrets, Secrets> secrets) {
    return Entry.of(name, foundBy, processes(secrets));
  }

  private static Supplier<UnaryOperator<Store>> processes(Function<Secrets, Secrets> secrets) {
    return () -> store -> SecretsMutants.with(store, secrets.apply(store.secrets()));
  }

  private static Entry<Supplier<UnaryOperator<Store>>> claims(
      String foundBy, String name, Door door, boolean endedByAnybody, boolean erased) {
    return Entry.of(name, foundBy, claims(door, endedByAnybody, erased));
  }

  private static Supplier<UnaryOperator<Store>> claims(
      Door door, boolean endedByAnybody, boolean erased) {
    return () -> {
      Map<String, Claim> table = new HashMap<>();
      return store ->
          SecretsMutants.with(
              store, new Claims(store.secrets(), table, door, endedByAnybody, erased));
    };
  }

  private static List<Entry<Supplier<UnaryOperator<Store>>>> mutants() {
    return List.of(
        Entry.right("correct", processes(SecretsMutants.Correct::new)),
        Entry.right("correct with claims of its own", claims(Door::right, false, true)),
        mutant(PLACE, "the tenant is no part of the key", SecretsMutants.Misplaced::withoutTenant),
        mutant(
            REPLACED,
            "the connection is no part of the key",
            SecretsMutants.Misplaced::withoutConnection),
        mutant(PLACE, "upper and lower case are the same", SecretsMutants.Misplaced::withoutCase),
        mutant(REPLACED, "a write ignores the version", SecretsMutants.IgnoresVersions::new),
        mutant(LOST, "a write looks first and then writes", SecretsMutants.LooksThenWrites::new),
        mutant(REMOVED, "a removal ignores the version", SecretsMutants.RemovesAnyVersion::new),
        mutant(TOGETHER, "a removal says yes to everyone", SecretsMutants.RemovesForEverybody::new),
        Entry.of(
            "versions begin again after a removal",
            AFTER,
            () -> {
              Map<String, Long> bases = new HashMap<>();
              return store ->
                  SecretsMutants.with(
                      store, new SecretsMutants.BeginsAgain(store.secrets(), bases));
            }),
        mutant(ERASED, "erasing leaves one row", SecretsMutants.LeavesOneRow::new),
        mutant(ERASED, "erasing takes the tenant's others", SecretsMutants.ErasesTheTenant::new),
        claims(ERASED, "erasing leaves claims", Door::right, false, false),
        Entry.of(
            "disconnecting leaves secrets",
            DISCONNECTED,
            () ->
                store ->
                    SecretsMutants.with(
                        store, new SecretsMutants.DisconnectsHalf(store), store.secrets())),
        mutant(LISTED, "keys of other case are not other keys", SecretsMutants.ForgetsAliens::new),
        Entry.of(
            "it hands out its own bytes",
            KEPT,
            () -> {
              Map<String, byte[]> arrays = new ConcurrentHashMap<>();
              return store ->
                  SecretsMutants.with(
                      store, new SecretsMutants.SharesBytes(store.secrets(), arrays));
            }),
        mutant(KEPT, "secrets live in memory", real -> MemoryStore.open().secrets()),
        claims(
            EXPIRED,
            "a claim never expires",
            (h, owner, now) -> h.owner().equals(owner),
            false,
            true),
        claims(CLAIMED, "a claim lets every owner in", (h, owner, now) -> true, false, true),
        claims(
            EXPIRED,
            "a claim cannot be made longer",
            (h, owner, now) -> !h.until().isAfter(now),
            false,
            true),
        claims(CLAIMED, "any owner ends a claim", Door::right, true, true),
        mutant(
            TOGETHER,
            "claims live in memory",
            real -> new Claims(real, new HashMap<>(), Door::right, false, true)));
  }

  @Override
  protected KillMatrix<?> matrix() {
    return KillMatrix.of(
        "secrets", tests().map(Method::getName).toList(), mutants(), SecretsKillMatrixTest::tried);
  }

  private static Map<String, String> tried(
      Supplier<UnaryOperator<Store>> mutant, Predicate<String> shown, Set<String> emptied)
      throws ReflectiveOperationException {
    Map<String, String> failed = new TreeMap<>();
    for (Method test : tests().filter(t -> shown.test(t.getName())).toList()) {
      Store real = MemoryStore.open();
      UnaryOperator<Store> process = mutant.get();
      SecretsContract contract =
          new SecretsContract() {
            @Override
            protected Store open() {
              return process.apply(real);
            }

            @Override
            protected Store reopen(Store before) {
              return process.apply(real);
            }

            @Override
            protected Store beside(Store first) {
              return process.apply(real);
            }
          };
      contract.openStore();
      try {
        if (!emptied.contains(test.getName())) {
          test.invoke(contract);
        }
      } catch (InvocationTargetException e) {
        failed.put(test.getName(), String.valueOf(e.getCause().getMessage()));
      } finally {
        contract.closeStore();
      }
    }
    return failed;
  }

  private static Stream<Method> tests() {
    return Arrays.stream(SecretsContract.class.getDeclaredMethods())
        .filter(m -> m.isAnnotationPresent(Test.class));
  }
}
