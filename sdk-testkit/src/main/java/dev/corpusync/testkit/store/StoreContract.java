package dev.corpusync.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.testkit.check.Check;
import dev.corpusync.testkit.profile.Profile;
import dev.corpusync.testkit.random.Seed;
import dev.corpusync.testkit.random.Walk;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the engine expects of every {@link dev.corpusync.store.Store}, as tests. Extend it, say how
 * your store is opened, and run it with JUnit 5.11 or newer. A test opens one store with {@code
 * open()} and closes it; {@code reopen} shall close the store it is given. Tests start threads of
 * their own but wait for them. With {@code -Dcorpusync.profile=long} the random runs are long.
 *
 * @since 0.1
 */
public abstract class StoreContract extends FeatureContract {
  /**
   * The random runs: those of {@code store-seeds.txt} beside your class, one line for each seed
   * that once failed, and new ones, which are printed.
   */
  protected List<Seed> seeds() {
    Set<Seed> seeds = new LinkedHashSet<>(Seed.kept(StoreContract.class, "store-seeds.txt"));
    seeds.addAll(Seed.kept(getClass(), "store-seeds.txt"));
    SplittableRandom fresh = new SplittableRandom();
    for (int i = 0; i < PROFILE.choose(2, 2, 10); i++) {
      seeds.add(new Seed(fresh.nextLong(), PROFILE.choose(100, 100, 1_000)));
    }
    if (PROFILE == Profile.LONG) {
      seeds.add(new Seed(fresh.nextLong(), 10_000));
    }
    return List.copyOf(seeds);
  }

  @Check(id = "STO-23a", rule = "Whatever is done in whatever order, a store is its simple model.")
  public final void a_random_sequence_leaves_what_the_model_holds() {
    List<Seed> seeds = seeds();
    assertThat(seeds).isNotEmpty();
    AtomicInteger number = new AtomicInteger();
    for (Seed seed : seeds) {
      System.out.println(getClass().getSimpleName() + ": random run, seed " + seed);
      new Walk<>(
              () -> new StoreModel(this, new ConnectionKey("walk", "w" + number.incrementAndGet())),
              StoreActions::next)
          .walk(seed);
    }
  }
}
