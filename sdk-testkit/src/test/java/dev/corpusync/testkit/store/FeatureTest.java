package dev.corpusync.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.engine.Corpusync;
import dev.corpusync.error.UnsupportedFeatureException;
import dev.corpusync.memory.MemoryStore;
import dev.corpusync.store.Commit;
import dev.corpusync.store.CommitResult;
import dev.corpusync.store.Feature;
import dev.corpusync.store.Store;
import dev.corpusync.testkit.fault.ForwardingStore;
import dev.corpusync.vault.KeyProvider;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which stores the engine opens, by the features that they support. */
final class FeatureTest {
  private static final Feature TOMORROW = Feature.named("graph-relations");

  /** A store with another list of features. */
  private static final class Claiming extends ForwardingStore {
    private final Set<Feature> features;

    Claiming(Store store, Set<Feature> features) {
      super(store);
      this.features = features;
    }

    @Override
    public Set<Feature> features() {
      return features;
    }

    @Override
    public CommitResult commit(Commit commit) {
      Feature.require(this, commit.needs(), "commit");
      return super.commit(commit);
    }
  }

  private static Set<Feature> allBut(Feature... missing) {
    Set<Feature> features = new HashSet<>(MemoryStore.open().features());
    features.removeAll(Set.of(missing));
    return features;
  }

  @Test
  void an_older_store_is_refused_by_a_newer_engine_with_the_names_of_what_it_lacks() {
    Store older =
        new Claiming(MemoryStore.open(), allBut(Feature.RUN_WAITS, Feature.HELD_DELETIONS));
    assertThatThrownBy(() -> Corpusync.builder(older).build())
        .isInstanceOf(UnsupportedFeatureException.class)
        .hasMessageContaining("tried to open the engine")
        .hasMessageContaining("Claiming")
        .hasMessageContaining("held-deletions, run-waits")
        .hasMessageContaining("use a version of the store")
        .extracting(e -> ((UnsupportedFeatureException) e).features())
        .isEqualTo(Set.of("held-deletions", "run-waits"));
  }

  @Test
  void a_newer_store_with_features_that_the_engine_does_not_know_is_opened() {
    Set<Feature> more = allBut();
    more.add(TOMORROW);
    assertThatCode(() -> Corpusync.builder(new Claiming(MemoryStore.open(), more)).build().close())
        .doesNotThrowAnyException();
  }

  @Test
  void a_store_without_secrets_is_opened_unless_a_vault_is_asked_for() {
    Store plain = new Claiming(MemoryStore.open(), allBut(Feature.SECRETS));
    assertThatCode(() -> Corpusync.builder(plain).build().close()).doesNotThrowAnyException();
    KeyProvider keys = KeyProvider.development();
    assertThatThrownBy(() -> Corpusync.builder(plain).vault(keys).build())
        .isInstanceOf(UnsupportedFeatureException.class)
        .hasMessageContaining("secrets");
  }

  @Test
  void what_a_commit_needs_is_derived_from_what_it_carries() {
    StoreFixture in = RelationalContract.on(MemoryStore.open());
    assertThat(in.step().item(StoreFixture.issue("1")).build().needs()).isEmpty();
    assertThat(in.step().decided("plan").build().needs()).containsExactly(Feature.HELD_DELETIONS);
    assertThat(Commit.mayNeed()).containsAll(in.everything().build().needs());
  }

  @Test
  void features_are_equal_by_name() {
    assertThat(Feature.named("run-waits")).isEqualTo(Feature.RUN_WAITS).hasToString("run-waits");
    assertThatThrownBy(() -> Feature.named("Run Waits"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
