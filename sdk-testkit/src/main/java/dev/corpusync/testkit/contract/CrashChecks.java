package dev.corpusync.testkit.contract;

/** CRASH: a process may die at any step; the next one goes on from the last commit. */
abstract class CrashChecks extends Area {
  CrashChecks(Bench bench) {
    super(bench);
  }

  @Check(
      id = "CRASH-01",
      rule =
          "A death before or after any exchange or commit ends in the same store as a run that"
              + " nobody disturbed")
  public final void a_death_at_any_step_makes_no_difference() {
    System.out.println("crash points: " + new CrashSweep(this, false).run());
  }

  @Check(id = "CRASH-15", rule = "The same with the next page fetched ahead")
  public final void a_death_at_any_step_makes_no_difference_with_prefetch() {
    System.out.println("crash points, prefetch: " + new CrashSweep(this, true).run());
  }
}
