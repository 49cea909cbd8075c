package dev.corpusync.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.memory.MemoryStore;
import dev.corpusync.store.Secrets;
import dev.corpusync.store.Store;
import dev.corpusync.testkit.mutant.EmptiedChecks;
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
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Each test of the contract of secrets fails on the stores that it is there for, and on no others:
 * the failed set of each mutant equals its row.
 */
class SecretsKillMatrixTest {
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

  /**
   * @param process opens the same data in one more process, for each new store
   */
  private record Mutant(String name, Supplier<UnaryOperator<Store>> process, Set<String> failed) {}

  private static Mutant mutant(String name, Function<Secrets, Secrets> secrets, String... failed) {
    return new Mutant(
        name,
        () -> store -> SecretsMutants.with(store, secrets.apply(store.secrets())),
        Set.of(failed));
  }

  private static Mutant claims(
      String name, Door door, boolean endedByAnybody, boolean erased, String... failed) {
    return new Mutant(
        name,
        () -> {
          Map<String, Claim> table = new HashMap<>();
          return store ->
              SecretsMutants.with(
                  store, new Claims(store.secrets(), table, door, endedByAnybody, erased));
        },
        Set.of(failed));
  }

  private static List<Mutant> mutants() {
    return List.of(
        mutant("correct", SecretsMutants.Correct::new),
        claims("correct, with claims of its own", Door::right, false, true),
        mutant(
            "the tenant is no part of the key",
            SecretsMutants.Misplaced::withoutTenant,
            CLAIMED,
            DISCONNECTED,
            LISTED,
            PLACE),
        mutant(
            "the connection is no part of the key",
            SecretsMutants.Misplaced::withoutConnection,
            CLAIMED,
            DISCONNECTED,
            ERASED,
            LISTED,
            PLACE,
            REPLACED),
        mutant("upper and lower case are the same", SecretsMutants.Misplaced::withoutCase, PLACE),
        mutant(
            "a write ignores the version",
            SecretsMutants.IgnoresVersions::new,
            AFTER,
            LOST,
            REPLACED,
            TOGETHER),
        mutant(
            "a write looks first, then writes",
            SecretsMutants.LooksThenWrites::new,
            LOST,
            TOGETHER),
        mutant("a removal ignores the version", SecretsMutants.RemovesAnyVersion::new, REMOVED),
        mutant(
            "a removal tells everybody yes",
            SecretsMutants.RemovesForEverybody::new,
            REMOVED,
            TOGETHER),
        new Mutant(
            "versions begin again after a removal",
            () -> {
              Map<String, Long> bases = new HashMap<>();
              return store ->
                  SecretsMutants.with(
                      store, new SecretsMutants.BeginsAgain(store.secrets(), bases));
            },
            Set.of(AFTER)),
        mutant("erasing leaves one row", SecretsMutants.LeavesOneRow::new, AFTER, ERASED),
        mutant(
            "erasing takes the tenant's others",
            SecretsMutants.ErasesTheTenant::new,
            ERASED,
            PLACE),
        claims("erasing leaves claims", Door::right, false, false, ERASED),
        new Mutant(
            "disconnecting leaves secrets",
            () ->
                store ->
                    SecretsMutants.with(
                        store, new SecretsMutants.DisconnectsHalf(store), store.secrets()),
            Set.of(AFTER, DISCONNECTED)),
        mutant("keys of other case are not other keys", SecretsMutants.ForgetsAliens::new, LISTED),
        new Mutant(
            "it hands out its own bytes",
            () -> {
              Map<String, byte[]> arrays = new ConcurrentHashMap<>();
              return store ->
                  SecretsMutants.with(
                      store, new SecretsMutants.SharesBytes(store.secrets(), arrays));
            },
            Set.of(KEPT)),
        mutant(
            "secrets live in memory",
            real -> MemoryStore.open().secrets(),
            AFTER,
            CLAIMED,
            DISCONNECTED,
            ERASED,
            KEPT,
            LOST,
            TOGETHER),
        claims(
            "a claim never expires",
            (h, owner, now) -> h.owner().equals(owner),
            false,
            true,
            EXPIRED,
            TOGETHER),
        claims(
            "a claim lets everybody in",
            (h, owner, now) -> true,
            false,
            true,
            CLAIMED,
            EXPIRED,
            TOGETHER),
        claims(
            "a claim cannot be made longer",
            (h, owner, now) -> !h.until().isAfter(now),
            false,
            true,
            EXPIRED),
        claims("anybody ends a claim", Door::right, true, true, CLAIMED, EXPIRED),
        mutant(
            "claims live in memory",
            real -> new Claims(real, new HashMap<>(), Door::right, false, true),
            CLAIMED,
            TOGETHER));
  }

  @TestFactory
  Stream<DynamicTest> every_mutant_fails_exactly_its_tests() {
    return mutants().stream()
        .map(
            m ->
                DynamicTest.dynamicTest(
                    m.name(),
                    () -> assertThat(failedBy(m, Set.of())).as(m.name()).isEqualTo(m.failed())));
  }

  @Test
  void every_test_kills_a_mutant() {
    Set<String> killers = new TreeSet<>();
    mutants().forEach(m -> killers.addAll(m.failed()));
    assertThat(killers).isEqualTo(new TreeSet<>(tests().map(Method::getName).toList()));
  }

  @TestFactory
  Stream<DynamicTest> with_a_check_emptied_the_matrix_is_red() {
    Map<String, Mutant> mutants =
        mutants().stream().collect(Collectors.toMap(Mutant::name, Function.identity()));
    Map<String, Set<String>> rows = new HashMap<>();
    mutants.forEach((name, mutant) -> rows.put(name, mutant.failed()));
    return EmptiedChecks.areNoticed(
        tests().map(Method::getName).toList(),
        rows,
        (mutant, emptied) -> failedBy(mutants.get(mutant), Set.of(emptied)));
  }

  private static Set<String> failedBy(Mutant mutant, Set<String> emptied)
      throws ReflectiveOperationException {
    Set<String> failed = new TreeSet<>();
    for (Method test : tests().toList()) {
      Store real = MemoryStore.open();
      UnaryOperator<Store> process = mutant.process().get();
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
        failed.add(test.getName());
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
