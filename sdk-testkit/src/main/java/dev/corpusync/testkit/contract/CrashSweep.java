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
  private final Area area;
  private final boolean prefetch;

  CrashSweep(Area area, boolean prefetch) {
    this.area = area;
    this.prefetch = prefetch;
  }

  /**
   * @param idle requests of the next run, when there is nothing left to do
   * @param perCommit the most requests between two commits
   */
  private record Undisturbed(
      List<String> steps, String state, int requests, int idle, int perCommit) {}

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
        World world = trial.world();
        world.edit();
        world.add();
        world.veil(dev.corpusync.testkit.world.Veil.PRIVATE);
        world.edit();
      }
    };

    abstract void prepare(Trial trial);
  }

  private Undisturbed undisturbed(Phase phase) {
    try (Trial trial = trial()) {
      phase.prepare(trial);
      int before = trial.server().count();
      CrashPlan counting = CrashPlan.counting();
      Run run = trial.process(counting, engine -> engine.sync(Trial.KEY));
      Area.succeeded(run, "that nobody disturbs, " + phase);
      int requests = trial.server().count() - before;
      String state = trial.state();
      trial.sync();
      return new Undisturbed(
          counting.steps(),
          state,
          requests,
          trial.server().count() - before - requests,
          mostBetweenCommits(counting.steps()));
    }
  }

  private static int mostBetweenCommits(List<String> steps) {
    int most = 0;
    int here = 0;
    for (String step : steps) {
      here = step.equals("commit") ? 0 : here + 1;
      most = Math.max(most, here);
    }
    return most;
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
      assertThat(plan.died()).as("%s: %s was reached", phase, plan).isTrue();
      String where = phase + ", " + plan + " of " + calm.steps().size() + ", prefetch " + prefetch;
      Area.succeeded(trial.sync(), "that resumes after a death, " + where);
      assertThat(trial.state()).as("the store after %s", where).isEqualTo(calm.state());
      // What every run reads anew, containers and references, is what an idle one reads.
      int reread = (prefetch ? 2 : 1) * calm.perCommit();
      assertThat(trial.server().count() - before)
          .as("requests of both runs after %s", where)
          .isLessThanOrEqualTo(calm.requests() + reread + calm.idle());
    }
  }

  private Trial trial() {
    return area.trial().prefetching(prefetch);
  }
}
