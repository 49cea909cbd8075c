package dev.corpusync.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.testkit.check.CrashSweep.Calm;
import dev.corpusync.testkit.check.CrashSweep.Phase;
import dev.corpusync.testkit.check.CrashSweep.Point;
import dev.corpusync.testkit.check.CrashSweep.Swept;
import dev.corpusync.testkit.fault.CrashPlan;
import dev.corpusync.testkit.fault.CrashingStore;
import dev.corpusync.testkit.fault.SimulatedCrash;
import dev.corpusync.testkit.profile.Profile;
import dev.corpusync.testkit.trial.Bench;
import dev.corpusync.testkit.trial.Trial;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;

/** CRASH: a process may die at any step; the next one resumes from the last commit. */
public abstract class CrashChecks extends Area {
  /** A run that meets an Error records its end and releases its lease, and does nothing else. */
  private static final List<List<String>> RUN_ENDS =
      List.of(List.of(), List.of(CrashingStore.RUN_END, "Leases"));

  private static final int QUICK_PAIRS = 3;
  private static final int PAIRS = 12;

  public CrashChecks(Bench bench) {
    super(bench);
  }

  @Check(
      id = "CRASH-01",
      rule =
          "A death before or after any exchange or commit ends in the same store as an"
              + " undisturbed run",
      does =
          "After each of these deaths the next run must succeed, and the store must equal that of "
              + "a run that nobody disturbed: artifacts, documents, progress, failures.",
      why = "Processes die; a place that is kept anywhere but in the cursor dies with them.",
      whenItFails =
          "Look for a field of the extractor that is written in `fetch`. All that the next page "
              + "needs belongs in the cursor.")
  public final void a_death_at_any_step_makes_no_difference() {
    endsAlike(CrashSweep.of(this, false));
  }

  @Check(
      id = "CRASH-02",
      rule = "After a death at most the page that was not committed is read again",
      does =
          "Counts the requests of both runs: at most the page that was not committed is read "
              + "again, besides what an idle run reads.",
      why = "A backfill of a day that begins anew after each restart never ends.",
      whenItFails = "A cursor must be enough to ask for its page; do not walk to it.")
  public final void at_most_one_page_is_read_again() {
    readsLittleAgain(CrashSweep.of(this, false), 1);
  }

  @Check(
      id = "CRASH-03",
      rule = "A death repeats no event, and loses none",
      does =
          "The events of the change feed equal those of the undisturbed run: none twice, none "
              + "missing.",
      why = "The host's index is fed from them.",
      whenItFails =
          "The store emits outside of the commit, or what is read twice differs from reading to "
              + "reading.")
  public final void no_event_comes_twice() {
    each(
        CrashSweep.of(this, false),
        (calm, point) ->
            assertThat(point.events())
                .as("events after %s", point.where())
                .isEqualTo(calm.events()));
  }

  @Check(
      id = "CRASH-04",
      rule = "A listing that was interrupted and resumed deletes nothing that is still there",
      does =
          "After a full listing that died on the way and resumed, everything that is at the source "
              + "is still stored.",
      why = "A second half that is taken for the whole deletes the first half.",
      whenItFails = "A position that the extractor cannot continue from is an error, never an end.")
  public final void a_listing_that_resumed_deletes_nothing() {
    each(
        CrashSweep.of(this, false),
        (calm, point) ->
            assertThat(point.lost())
                .as("what is still at the source and was deleted here after %s", point.where())
                .isEmpty());
  }

  @Check(
      id = "CRASH-05",
      rule = "A crash reaches the host: after an Error a run only ends",
      does =
          "After the death no request and no commit may be tried, with one exception: the engine "
              + "may try to record the end of the run and to release its lease, once each. Both "
              + "are without effect, since the process is dead.",
      why =
          "An `Error` means that the JVM can no longer be trusted. Code that catches it continues "
              + "with half a state.",
      whenItFails =
          "Replace `catch (Throwable)` by the exception you can handle; most connectors need none.")
  public final void a_crash_reaches_the_host() {
    each(
        CrashSweep.of(this, false),
        (calm, point) ->
            assertThat(point.afterlife())
                .as(
                    "what was tried after %s: something caught the Error and continued, or a run"
                        + " did more than to record its end and release its lease",
                    point.where())
                .isIn(RUN_ENDS));
  }

  @Check(
      id = "CRASH-06",
      rule = "A death while a run resumes after a death makes no difference",
      does =
          "The run that resumes dies too, at a step drawn by the seed (all pairs of steps with "
              + "`-Dcorpusync.profile=long`); the third must end as if nothing had been.",
      why = "Recovery is code that is seldom run, and deployments restart twice.",
      whenItFails = "See `CRASH-01`; the message names both steps.")
  public final void a_second_death_makes_no_difference() {
    Random random = new Random(Bench.SEED);
    int twice = 0;
    for (Phase phase : List.of(Phase.FIRST_SYNC, Phase.INCREMENTAL)) {
      Calm calm = CrashSweep.calm(this, phase, false);
      int steps = calm.steps().size();
      if (bench().profile() == Profile.LONG) {
        for (int first = 1; first <= steps; first++) {
          twice += dieAgain(phase, calm, first, CrashPlan::before);
          twice += dieAgain(phase, calm, first, CrashPlan::after);
        }
      } else {
        for (int i = 0; i < bench().profile().choose(QUICK_PAIRS, PAIRS, PAIRS); i++) {
          twice += dieTwice(phase, calm, drawn(random, steps), drawn(random, 1 + steps / 2));
        }
      }
    }
    assertThat(twice).as("runs that died twice").isPositive();
  }

  private static CrashPlan drawn(Random random, int steps) {
    int step = 1 + random.nextInt(steps);
    return random.nextBoolean() ? CrashPlan.before(step) : CrashPlan.after(step);
  }

  /** At each step of the run that resumes, up to its end: a death after that is none. */
  private int dieAgain(Phase phase, Calm calm, int first, IntFunction<CrashPlan> at) {
    int died = 0;
    while (dieTwice(phase, calm, at.apply(first), at.apply(died + 1)) > 0) {
      died++;
    }
    return died;
  }

  /** One if the second death was reached. */
  private int dieTwice(Phase phase, Calm calm, CrashPlan first, CrashPlan second) {
    String where = phase + ", " + first + ", then " + second;
    try (Trial trial = trial()) {
      phase.prepare(trial);
      CrashSweep.die(trial, first, phase, where);
      mayDie(trial, second);
      succeeded(trial.sync(), "that resumes after " + where);
      assertThat(CrashSweep.state(trial)).as("the store after %s", where).isEqualTo(calm.state());
      return second.died() ? 1 : 0;
    }
  }

  private static boolean mayDie(Trial trial, CrashPlan plan) {
    try {
      trial.process(plan, engine -> engine.sync(Trial.KEY));
    } catch (SimulatedCrash died) {
      // as planned
    }
    return plan.died();
  }

  @Check(
      id = "CRASH-07",
      rule = "Runs that die again and again after a page or two still come to the end",
      does =
          "Each process dies after about a page. Together they must come to the end within as many "
              + "processes as there are steps.",
      why =
          "A machine that is too small for one whole run must not be stuck at its first page for "
              + "ever.",
      whenItFails =
          "The extractor begins anew when it finds no memory of its own, or reads too much before "
              + "its first page.")
  public final void a_crash_loop_makes_progress() {
    Calm calm = CrashSweep.calm(this, Phase.FIRST_SYNC, false);
    // What every run reads anew, one page, its commit and the record of the run's beginning.
    int life = Math.min(calm.idleSteps() + calm.perCommit() + 2, calm.steps().size() - 1);
    try (Trial trial = trial()) {
      int runs = 0;
      while (mayDie(trial, CrashPlan.before(life)) && runs <= calm.steps().size()) {
        runs++;
      }
      assertThat(runs)
          .as(
              "runs that died before their step %s, of a sync that takes %s steps in all",
              life, calm.steps().size())
          .isBetween(1, calm.steps().size());
      assertThat(CrashSweep.state(trial))
          .as("the store after %s runs that died", runs)
          .isEqualTo(calm.state());
    }
  }

  @Check(
      id = "CRASH-15",
      rule = "A death at any step makes no difference with a page fetched ahead",
      does =
          "The same deaths with the next page fetched ahead on another thread, where two pages may "
              + "be read again.",
      why = "An extractor may be called from any thread, ahead of a commit, or never again.",
      whenItFails = "Look for a thread-local variable.")
  public final void a_death_at_any_step_makes_no_difference_with_prefetch() {
    List<Swept> sweep = CrashSweep.of(this, true);
    endsAlike(sweep);
    readsLittleAgain(sweep, 2);
  }

  private static void endsAlike(List<Swept> sweep) {
    each(
        sweep,
        (calm, point) -> {
          succeeded(point.resumed(), "that resumes after " + point.where());
          assertThat(point.state()).as("the store after %s", point.where()).isEqualTo(calm.state());
        });
  }

  /** What every run reads anew, containers and references, is what an idle one reads. */
  private static void readsLittleAgain(List<Swept> sweep, int pages) {
    each(
        sweep,
        (calm, point) ->
            assertThat(point.requests())
                .as("requests of both runs, %s", point.where())
                .isLessThanOrEqualTo(calm.requests() + pages * calm.perCommit() + calm.idle()));
  }

  private static void each(List<Swept> sweep, BiConsumer<Calm, Point> look) {
    for (Swept swept : sweep) {
      assertThat(swept.points()).as("deaths in %s", swept.phase()).isNotEmpty();
      swept.points().forEach(point -> look.accept(swept.calm(), point));
    }
  }
}
