package dev.corpusync.testkit.contract;

import org.junit.jupiter.api.Test;

/**
 * The contract of a connector: extend it, hand over a subject and the stores to try, and run it.
 * The checks are final, so that nobody can override one with an empty body.
 */
public abstract class ConnectorContract {
  protected abstract Subject subject();

  /** On which store; in memory unless told otherwise. */
  protected StoreFixture store() {
    return StoreFixture.inMemory();
  }

  /** How many records are many, for checks of cost. */
  protected int many() {
    return 10_000;
  }

  private Checks checks() {
    return new Checks(subject(), store());
  }

  @Test
  public final void stores_exactly_what_is_visible() {
    checks().stores_exactly_what_is_visible();
  }

  @Test
  public final void carries_every_declared_field() {
    checks().carries_every_declared_field();
  }

  @Test
  public final void follows_every_change() {
    checks().follows_every_change();
  }

  @Test
  public final void survives_a_crash_at_every_step() {
    int points = checks().survives_a_crash_at_every_step(false);
    System.out.println(
        "crash points, "
            + store().name()
            + ", no prefetch: "
            + points
            + " (seed "
            + Checks.SEED
            + ")");
  }

  @Test
  public final void survives_a_crash_at_every_step_with_prefetch() {
    int points = checks().survives_a_crash_at_every_step(true);
    System.out.println(
        "crash points, "
            + store().name()
            + ", prefetch: "
            + points
            + " (seed "
            + Checks.SEED
            + ")");
  }

  @Test
  public final void never_keeps_what_may_not_be_seen() {
    checks().never_keeps_what_may_not_be_seen();
  }

  @Test
  public final void never_deletes_after_a_failed_listing() {
    checks().never_deletes_after_a_failed_listing();
  }

  @Test
  public final void an_idle_run_costs_a_constant() {
    checks().an_idle_run_costs_a_constant(100, many());
  }
}
