package dev.corpusync.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.error.StoreException;
import dev.corpusync.sync.Run;
import dev.corpusync.testkit.check.CrashSweep.Calm;
import dev.corpusync.testkit.check.CrashSweep.Phase;
import dev.corpusync.testkit.fault.FailingStore;
import dev.corpusync.testkit.trial.Bench;
import dev.corpusync.testkit.trial.SlowStore;
import dev.corpusync.testkit.trial.Trial;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;

/**
 * CRASH, of runs whose process lives on: the store fails, a person stops it, another takes over.
 */
public abstract class InterruptionChecks extends Area {
  public InterruptionChecks(Bench bench) {
    super(bench);
  }

  @Check(
      id = "CRASH-09",
      rule =
          "A commit that fails, once or for good, or whose answer is lost, ends the run; the next"
              + " one in the same process resumes",
      does =
          "The n-th commit fails once, from then on, or after it was written; the process lives, "
              + "and its next run must end as if nothing had been. The host must see a "
              + "`StoreException`.",
      why =
          "Databases go away while processes stay. What an object remembers is then ahead of what "
              + "is stored.",
      whenItFails = "The extractor trusts a field more than the position it is given.")
  public final void a_commit_that_fails_makes_no_difference() {
    for (Phase phase : List.of(Phase.FIRST_SYNC, Phase.INCREMENTAL)) {
      Calm calm = CrashSweep.calm(this, phase, false);
      int commits = Collections.frequency(calm.steps(), "commit");
      for (FailingStore.How how : FailingStore.How.values()) {
        for (int commit : each(commits)) {
          fail(phase, calm, how, commit);
        }
      }
    }
  }

  private void fail(Phase phase, Calm calm, FailingStore.How how, int commit) {
    String where = phase + ", commit " + commit + " fails " + how;
    try (Trial trial = trial()) {
      phase.prepare(trial);
      FailingStore[] failing = new FailingStore[1];
      trial.storing(store -> failing[0] = new FailingStore(store, how, commit));
      trial.process(
          engine -> {
            assertThatThrownBy(() -> engine.sync(Trial.KEY))
                .as("what the host sees when %s", where)
                .isInstanceOf(StoreException.class);
            assertThat(failing[0].failed()).as("the commit was reached: %s", where).isTrue();
            failing[0].heal();
            // The run that failed could not give its lease back.
            trial.time().advance(Duration.ofHours(1));
            return succeeded(engine.sync(Trial.KEY), "that resumes after " + where);
          });
      assertThat(CrashSweep.state(trial)).as("the store after %s", where).isEqualTo(calm.state());
    }
  }

  @Check(
      id = "CRASH-12",
      rule = "A run that is cancelled stops between two pages; the next one resumes",
      does = "Cancels the run during each exchange and runs again in the same process.",
      why = "Deployments stop runs every day, and the same object serves the next one.",
      whenItFails =
          "Something was noted before its request was answered, for example by a guard of your own "
              + "against cycles: the engine has one.")
  public final void a_cancelled_run_is_continued() {
    int cancelled = 0;
    int most = 1;
    for (Phase phase : List.of(Phase.FIRST_SYNC, Phase.INCREMENTAL)) {
      Calm calm = CrashSweep.calm(this, phase, false);
      for (int exchange : each(calm.requests())) {
        cancelled += cancel(phase, calm, exchange);
      }
      most = Math.max(most, calm.requests());
    }
    // A run of one request has nothing left to stop.
    assertThat(cancelled)
        .as("runs that were cancelled before their end")
        .isGreaterThanOrEqualTo(most > 1 ? 1 : 0);
  }

  /** One if there was still something to stop. */
  private int cancel(Phase phase, Calm calm, int exchange) {
    String where = phase + ", cancelled during exchange " + exchange;
    try (Trial trial = trial()) {
      phase.prepare(trial);
      int from = trial.server().count();
      Run.State state =
          trial.process(
              engine -> {
                trial
                    .server()
                    .before(
                        n -> {
                          if (n == from + exchange) {
                            engine.cancel(Trial.KEY);
                          }
                        });
                Run stopped = phase.run(engine);
                assertThat(stopped.state())
                    .as("the state of a run %s: %s", where, stopped.message())
                    .isIn(EnumSet.of(Run.State.CANCELLED, Run.State.SUCCEEDED));
                succeeded(engine.sync(Trial.KEY), "that resumes after " + where);
                return stopped.state();
              });
      assertThat(CrashSweep.state(trial)).as("the store after %s", where).isEqualTo(calm.state());
      return state == Run.State.CANCELLED ? 1 : 0;
    }
  }

  @Check(
      id = "CRASH-13",
      rule = "A worker that slept past its lease writes nothing when it wakes up",
      does =
          "Before each commit of a run its worker sleeps past its lease while another does a whole "
              + "sync; then it wakes up, and its commit must be refused.",
      why =
          "A laptop lid, a long pause of the garbage collector, a frozen VM: two workers for one "
              + "connection.",
      whenItFails = "The store does not compare fences within the transaction.")
  public final void a_worker_that_slept_too_long_writes_nothing() {
    for (Phase phase : List.of(Phase.FIRST_SYNC, Phase.INCREMENTAL)) {
      int commits = Collections.frequency(CrashSweep.calm(this, phase, false).steps(), "commit");
      for (int commit : each(commits)) {
        sleepBefore(phase, commit);
      }
    }
  }

  private void sleepBefore(Phase phase, int commit) {
    String where = phase + ", asleep before commit " + commit;
    try (Trial trial = trial()) {
      phase.prepare(trial);
      String[] left = {""};
      SlowStore.Sleep sleep =
          new SlowStore.Sleep(
              commit,
              () -> {
                succeeded(trial.sync(), "of the worker that took over, " + where);
                trial.world().edit();
                left[0] = trial.state();
              });
      trial.storing(store -> new SlowStore(store, sleep));
      assertThat(trial.process(phase::run).state())
          .as("the run of a worker that wakes up, %s", where)
          .isEqualTo(Run.State.FENCED);
      assertThat(left[0]).as("what the other worker stored, %s", where).isNotEmpty();
      assertThat(trial.state()).as("the store after %s", where).isEqualTo(left[0]);
    }
  }
}
