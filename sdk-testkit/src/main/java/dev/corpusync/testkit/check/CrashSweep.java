package dev.corpusync.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.document.Hash;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.sync.Run;
import dev.corpusync.testkit.fault.CrashPlan;
import dev.corpusync.testkit.fault.SimulatedCrash;
import dev.corpusync.testkit.profile.Profile;
import dev.corpusync.testkit.trial.StoreSnapshot;
import dev.corpusync.testkit.trial.Trial;
import dev.corpusync.testkit.world.Hidden;
import dev.corpusync.testkit.world.Trait;
import dev.corpusync.testkit.world.World;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Dies before and after every exchange and every commit of a run, lets the next run continue, and
 * notes what came of it; several checks look at the notes.
 */
final class CrashSweep {
  /** How many steps of a phase a quick run dies at. */
  private static final int QUICK_POINTS = 8;

  private static final Pattern HASH = Pattern.compile("[0-9a-f]{16,}");

  private final Area area;
  private final boolean prefetch;
  private final List<Swept> phases = new ArrayList<>();

  private CrashSweep(Area area, boolean prefetch) {
    this.area = area;
    this.prefetch = prefetch;
  }

  /** What is interrupted. */
  enum Phase {
    FIRST_SYNC {
      @Override
      void prepare(Trial trial) {}
    },
    INCREMENTAL {
      @Override
      void prepare(Trial trial) {
        Area.succeeded(trial.sync(), "before the one that is interrupted");
        World world = trial.world();
        world.edit();
        world.add();
        if (world.types().stream().anyMatch(t -> t.has(Trait.HIDEABLE))) {
          world.hide(Hidden.PRIVATE);
        }
        world.edit();
      }
    },
    RESYNC {
      @Override
      void prepare(Trial trial) {
        Area.succeeded(trial.sync(), "before the one that is interrupted");
        trial.world().edit();
      }

      @Override
      Run run(Corpusync engine) {
        return engine.resync(Trial.KEY);
      }
    };

    abstract void prepare(Trial trial);

    Run run(Corpusync engine) {
      return engine.sync(Trial.KEY);
    }
  }

  /**
   * A run that nobody disturbs.
   *
   * @param idle requests of the next run, when there is nothing left to do
   * @param idleSteps its steps
   * @param perCommit the most requests between two commits
   */
  record Calm(
      List<String> steps,
      String state,
      List<String> events,
      int requests,
      int idle,
      int idleSteps,
      int perCommit) {}

  /**
   * A run that died, and the one after it.
   *
   * @param afterlife what was tried after the death
   * @param lost what can be seen at the source and is stored no more
   */
  record Point(
      String where,
      List<String> afterlife,
      Run resumed,
      String state,
      List<String> events,
      int requests,
      List<String> lost) {}

  /** All points of one phase. */
  record Swept(Phase phase, Calm calm, List<Point> points) {}

  /** Made once for all checks of a contract. */
  static List<Swept> of(Area area, boolean prefetch) {
    return area.bench()
        .once(
            CrashSweep.class,
            "crash sweep, prefetch " + prefetch,
            () -> new CrashSweep(area, prefetch).swept())
        .phases;
  }

  private CrashSweep swept() {
    // With a page fetched ahead, a full listing is a full listing.
    for (Phase phase :
        prefetch ? EnumSet.of(Phase.FIRST_SYNC, Phase.INCREMENTAL) : EnumSet.allOf(Phase.class)) {
      Calm calm = calm(area, phase, prefetch);
      List<Point> points = new ArrayList<>();
      for (CrashPlan plan : plans(calm.steps().size())) {
        points.add(die(phase, plan, calm));
      }
      phases.add(new Swept(phase, calm, points));
    }
    return this;
  }

  /** Before and after every step; in a quick run at some steps, before and after in turn. */
  private List<CrashPlan> plans(int steps) {
    List<CrashPlan> plans = new ArrayList<>();
    if (area.bench().profile() == Profile.QUICK) {
      for (int step : Area.spread(steps, QUICK_POINTS)) {
        plans.add(plans.size() % 2 == 0 ? CrashPlan.after(step) : CrashPlan.before(step));
      }
      return plans;
    }
    for (int step = 1; step <= steps; step++) {
      plans.add(CrashPlan.before(step));
      plans.add(CrashPlan.after(step));
    }
    return plans;
  }

  static Calm calm(Area area, Phase phase, boolean prefetch) {
    try (Trial trial = area.trial().prefetching(prefetch)) {
      phase.prepare(trial);
      int before = trial.server().count();
      CrashPlan counting = CrashPlan.counting();
      Area.succeeded(trial.process(counting, phase::run), "that nobody disturbs, " + phase);
      assertThat(counting.steps()).as("steps of the undisturbed %s", phase).isNotEmpty();
      trial.index().isWhole("after a run that nobody disturbs, " + phase);
      int requests = trial.server().count() - before;
      String state = state(trial);
      List<String> events = events(trial);
      CrashPlan idle = CrashPlan.counting();
      trial.process(idle, engine -> engine.sync(Trial.KEY));
      return new Calm(
          counting.steps(),
          state,
          events,
          requests,
          trial.server().count() - before - requests,
          idle.steps().size(),
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

  private Point die(Phase phase, CrashPlan plan, Calm calm) {
    try (Trial trial = area.trial().prefetching(prefetch)) {
      phase.prepare(trial);
      int before = trial.server().count();
      String where = phase + ", " + plan + " of " + calm.steps().size() + ", prefetch " + prefetch;
      die(trial, plan, phase, where);
      Run resumed = trial.sync();
      return new Point(
          where,
          plan.afterlife(),
          resumed,
          state(trial),
          events(trial),
          trial.server().count() - before,
          trial.index().missing());
    }
  }

  /** A process that dies where it was planned. */
  static void die(Trial trial, CrashPlan plan, Phase phase, String where) {
    try {
      trial.process(plan, phase::run);
    } catch (SimulatedCrash died) {
      // as planned
    }
    assertThat(plan.died()).as("the death was reached: %s", where).isTrue();
  }

  /** What is stored, but for the events. */
  static String state(Trial trial) {
    // Links that are kept have the port of this trial's server, and so has what is kept of
    // settings.
    String here = trial.url().toString();
    String hash = Hash.of(here);
    return HASH.matcher(trial.state().replace(here, ""))
        .replaceAll(found -> hash.startsWith(found.group()) ? "#" : found.group())
        .lines()
        .filter(l -> !StoreSnapshot.isEvent(l))
        .collect(Collectors.joining("\n"));
  }

  private static List<String> events(Trial trial) {
    return trial.state().lines().filter(StoreSnapshot::isEvent).toList();
  }
}
