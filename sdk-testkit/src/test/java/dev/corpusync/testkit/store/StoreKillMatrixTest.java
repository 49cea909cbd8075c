package dev.corpusync.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.memory.MemoryStore;
import dev.corpusync.store.Store;
import dev.corpusync.testkit.mutant.KillMatrix;
import dev.corpusync.testkit.mutant.KillMatrixContract;
import dev.corpusync.testkit.random.Seed;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The contract of any store against wrong ones and odd ones, in memory. */
class StoreKillMatrixTest extends KillMatrixContract {
  static final KillMatrix<?> MATRIX =
      StoreTrial.matrix(
          "stores",
          Tried.class,
          StoreMutants.all().stream()
              .<KillMatrix.Entry<Supplier<? extends StoreFixture>>>map(
                  m -> new KillMatrix.Entry<>(m.name(), m.foundBy(), () -> new Tried(m.subject())))
              .toList());

  /** The contract over a store that is wrong, or odd, each time it is opened. */
  static final class Tried extends StoreContract {
    private final UnaryOperator<Store> change;
    private Store right = MemoryStore.open();

    Tried(UnaryOperator<Store> change) {
      this.change = change;
    }

    @Override
    protected Store open() {
      right = MemoryStore.open();
      return change.apply(right);
    }

    @Override
    protected Store reopen(Store before) {
      return change.apply(right);
    }

    @Override
    protected List<Seed> seeds() {
      return List.of(new Seed(1, 150));
    }
  }

  @Override
  protected KillMatrix<?> matrix() {
    return MATRIX;
  }

  @TestFactory
  Stream<DynamicTest> every_correct_but_unusual_store_passes_whole() {
    return UnusualStores.all().entrySet().stream()
        .map(
            odd ->
                DynamicTest.dynamicTest(
                    odd.getKey(),
                    () ->
                        assertThat(StoreTrial.failedBy(() -> new Tried(odd.getValue())))
                            .isEmpty()));
  }

  /** So that a method that is added tomorrow is part of the check of tenants from its first day. */
  @TestFactory
  Stream<DynamicTest> a_method_that_forgets_the_tenant_is_found() {
    return StoreMethods.abilities().stream()
        .filter(a -> a.method().getParameterTypes()[0].getSimpleName().equals("ConnectionKey"))
        // an attempt shows what it did only to the next one; secrets have a contract of their own
        .filter(a -> !a.name().equals("Leases.tryAcquire"))
        .filter(a -> !(a.writes() && a.name().startsWith("Secrets.")))
        .map(
            ability ->
                DynamicTest.dynamicTest(
                    ability.signature(),
                    () -> {
                      UnaryOperator<Store> forgets =
                          right ->
                              new AlteredStore(right)
                                  .on(
                                      ability.name(),
                                      call ->
                                          call.argument(0).equals(StoreFixture.RIVAL)
                                              ? call.with(0, StoreFixture.KEY)
                                              : call.proceed())
                                  .store();
                      Map<String, Throwable> failed =
                          StoreTrial.failures(
                              () -> new Tried(forgets), "STO-07b"::equals, Set.of());
                      assertThat(failed).containsOnlyKeys("STO-07b");
                    }));
  }
}
