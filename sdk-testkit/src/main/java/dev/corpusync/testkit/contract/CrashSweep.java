package dev.corpusync.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.sync.Run;
import dev.corpusync.testkit.fault.CrashPlan;
import dev.corpusync.testkit.fault.SimulatedCrash;
import dev.corpusync.testkit.world.World;
import java.util.List;

/**
 * Dies before and after every exchange and every commit of a first sync and of an incremental one,
 * resumes, and compares with the run that nobody disturbed.
 */
final class CrashSweep {
  private final Subject subject;
  private final StoreFixture fixture;
  private final long seed;
  private final int records;
  private final boolean prefetch;

  CrashSweep(Subject subject, StoreFixture fixture, long seed, int records, boolean prefetch) {
    this.subject = subject;
    this.fixture = fixture;
    this.seed = seed;
    this.records = records;
    this.prefetch = prefetch;
  }

  /**
   * @param idle requests of the next run, when there is nothing left to do
   */
  private record Undisturbed(List<String> steps, String state, int requests, int idle) {}

  /** Returns how many points were tried. */
  int run() {
    int points = 0;
    for (Phase phase : Phase.values()) {
      Undisturbed calm = undisturbed(phase);
      assertThat(calm.steps()).as("steps of the undisturbed %s", phase).isNotEmpty();
      for (int step = 1; step <= calm.steps().size(); step++) {
        die(phase, CrashPlan.before(step), calm);
        die(phase, CrashPlan.after(step), calm);
        points += 2;
      }
    }
    return points;
  }

  /** What is interrupted. */
  private enum Phase {
    FIRST_SYNC {
      @Override
      void prepare(Trial trial) {}
    },
    INCREMENTAL {
      @Override
      void prepare(Trial trial) {
        trial.sync();
        change(trial.world());
      }
    };

    abstract void prepare(Trial trial);
  }

  private static void change(World world) {
    world.edit();
    world.add();
    world.veil(World.Veil.PRIVATE);
    world.edit();
  }

  private Undisturbed undisturbed(Phase phase) {
    try (Trial trial = trial()) {
      phase.prepare(trial);
      int before = trial.server().count();
      CrashPlan counting = CrashPlan.counting();
      Run run = trial.process(counting, engine -> engine.sync(Trial.KEY));
      assertThat(run.state())
          .as("the undisturbed %s: %s", phase, run.message())
          .isEqualTo(Run.State.SUCCEEDED);
      int requests = trial.server().count() - before;
      String state = trial.state();
      trial.sync();
      return new Undisturbed(
          counting.steps(), state, requests, trial.server().count() - before - requests);
    }
  }

  private void die(Phase phase, CrashPlan plan, Undisturbed calm) {
    try (Trial trial = trial()) {
      phase.prepare(trial);
      int before = trial.server().count();
      try {
        trial.process(plan, engine -> engine.sync(Trial.KEY));
      } catch (SimulatedCrash died) {
        // as planned
      }
      assertThat(plan.died()).as("%s, %s was reached, seed %s", phase, plan, seed).isTrue();
      Run resumed = trial.sync();
      String where =
          phase
              + ", "
              + plan
              + " of "
              + calm.steps().size()
              + ", prefetch "
              + prefetch
              + ", seed "
              + seed;
      assertThat(resumed.state())
          .as("the run that resumes after a %s: %s", where, resumed.message())
          .isEqualTo(Run.State.SUCCEEDED);
      assertThat(trial.state()).as("the store after a %s", where).isEqualTo(calm.state());
      // A death after the last commit leaves nothing to resume: the next run is an idle one.
      int reread = (prefetch ? 2 : 1) * subject.requestsPerPage();
      assertThat(trial.server().count() - before)
          .as("requests of both runs after a %s", where)
          .isLessThanOrEqualTo(
              calm.requests() + Math.max(reread + subject.requestsPerRun(), calm.idle()));
    }
  }

  private Trial trial() {
    return new Trial(subject, fixture, seed, records).prefetching(prefetch);
  }
}
