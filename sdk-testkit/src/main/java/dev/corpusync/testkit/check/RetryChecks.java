package dev.corpusync.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.sync.Run;
import dev.corpusync.sync.Run.State;
import dev.corpusync.testkit.check.CrashSweep.Calm;
import dev.corpusync.testkit.check.CrashSweep.Phase;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeRequest;
import dev.corpusync.testkit.fake.Fault;
import dev.corpusync.testkit.trial.Bench;
import dev.corpusync.testkit.trial.Trial;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** NET, of what passes when it is tried again, and of what does not. */
public abstract class RetryChecks extends Area {
  public RetryChecks(Bench bench) {
    super(bench);
  }

  /** One word for requests that ask the same. */
  static String asked(FakeRequest request) {
    return request.method() + " " + request.path() + " " + request.query() + " " + request.text();
  }

  /**
   * Each request fails in this way, and not when it is repeated: it ends as if nothing had been.
   */
  static void failsOnce(Area area, Phase phase, Fault fault) {
    Calm calm = CrashSweep.calm(area, phase, false);
    String where = phase + ", each request " + fault + " at first";
    try (Trial trial = area.trial()) {
      phase.prepare(trial);
      int before = trial.server().count();
      Set<String> seen = new HashSet<>();
      trial
          .server()
          .faulting(request -> seen.add(asked(request)) ? Optional.of(fault) : Optional.empty());
      succeeded(trial.process(phase::run), "in which " + where);
      assertThat(trial.server().exchanges().stream().skip(before).filter(e -> !e.fault().isEmpty()))
          .as("exchanges with a fault, %s", where)
          .isNotEmpty();
      assertThat(CrashSweep.state(trial)).as("the store after %s", where).isEqualTo(calm.state());
    }
  }

  @Check(
      id = "NET-01",
      rule = "A fault that passes, at any exchange, ends as if it had not been",
      does =
          "Every request is answered 429, 500, 502, 503, 504 or by a reset at first: a first sync "
              + "and an incremental one must end in the same store as without.",
      why = "Each of these is normal on a bad day.",
      whenItFails =
          "The client does not repeat, or the connector makes something of the failure before it "
              + "passes on.")
  public final void a_fault_that_passes_makes_no_difference() {
    for (Fault fault :
        List.of(
            Fault.rateLimited(Duration.ofSeconds(2)),
            Fault.status(429),
            Fault.status(500),
            Fault.status(502),
            Fault.status(503),
            Fault.status(504),
            Fault.reset())) {
      failsOnce(this, Phase.FIRST_SYNC, fault);
      failsOnce(this, Phase.INCREMENTAL, fault);
    }
  }

  @Check(
      id = "NET-02",
      rule = "A fault that stays ends the run within a budget, with a reason, and deletes nothing",
      does =
          "From the first, a middle, or the last exchange of a full listing on, a fault stays. The "
              + "run must end FAILED or RATE_LIMITED within twelve times its usual requests, "
              + "delete nothing, and the next one must be whole.",
      why = "Endless repetition is an attack; a half listing is no listing.",
      whenItFails = "Bound the repetitions; never end a page after a failure.")
  public final void a_fault_that_stays_ends_the_run() {
    int requests = CrashSweep.calm(this, Phase.RESYNC, false).requests();
    for (Fault fault :
        List.of(
            Fault.status(429),
            Fault.rateLimited(Duration.ofHours(1)),
            Fault.status(500),
            Fault.status(503),
            Fault.reset())) {
      for (int from : new TreeSet<>(List.of(1, requests / 2 + 1, requests))) {
        stays(fault, from, requests);
      }
    }
  }

  private void stays(Fault fault, int from, int requests) {
    String where = "from exchange " + from + " on everything " + fault;
    try (Trial trial = trial()) {
      Phase.RESYNC.prepare(trial);
      int before = trial.server().count();
      int budget = 12 * requests + 20;
      boolean[] endless = {false};
      trial
          .server()
          .faulting(
              request -> {
                int number = request.number() - before;
                endless[0] |= number > budget;
                return number >= from && !endless[0] ? Optional.of(fault) : Optional.empty();
              });
      Run run = trial.process(Phase.RESYNC::run);
      assertThat(endless[0])
          .as("whether it continued after %s requests, when %s", budget, where)
          .isFalse();
      // P10: where only requests about single records were left, those are failed items.
      boolean failedItems = trial.store().journal().failures(Trial.KEY, 1).size() == 1;
      assertThat(run.state())
          .as("the state of a run when %s; its message: %s", where, run.message())
          .isIn(
              failedItems
                  ? EnumSet.of(State.FAILED, State.RATE_LIMITED, State.NEEDS_REVIEW)
                  : EnumSet.of(State.FAILED, State.RATE_LIMITED));
      assertThat(trial.index().missing()).as("what was deleted when %s", where).isEmpty();
      trial.server().heal();
      if (failedItems) {
        // The first ends the listing that was interrupted, the next reads what failed alone.
        trial.resync();
      }
      succeeded(trial.resync(), "after it was over that " + where);
      trial.index().isWhole("after it was over that " + where);
    }
  }

  @Check(
      id = "NET-12",
      rule = "The retries of a run have a budget, and stay within it",
      does =
          "All is answered 503 and a request may be repeated often, but a run ten times in all: it "
              + "must end FAILED with its usual requests and ten more at most, delete nothing, "
              + "and the next one must be whole.",
      why =
          "Five times a request is little; five times each of ten thousand is an attack on an API "
              + "that is down.",
      whenItFails = "Count repetitions for a whole run, as `HttpClients.Builder.retryBudget` does.",
      level = Check.Level.SHOULD)
  public final void a_run_has_a_budget_of_repetitions() {
    int requests = CrashSweep.calm(this, Phase.RESYNC, false).requests();
    try (Trial trial = trial()) {
      Phase.RESYNC.prepare(trial);
      int before = trial.server().count();
      trial.client(c -> c.retries(20 * (requests + 10)).repetitions(10));
      trial.server().faultAlways(Fault.status(503));
      Run run = trial.process(Phase.RESYNC::run);
      assertThat(run.state())
          .as("the state of a run in which all is answered 503; its message: %s", run.message())
          .isEqualTo(Run.State.FAILED);
      assertThat(trial.server().count() - before)
          .as("requests of a run that makes %s when all is well, and may repeat 10", requests)
          .isBetween(1, requests + 10);
      assertThat(trial.index().missing()).as("what was deleted after it").isEmpty();
      trial.server().heal();
      succeeded(trial.resync(), "after one that used up its repetitions");
      trial.index().isWhole("after a run that used up its repetitions");
    }
  }

  @Check(
      id = "NET-06",
      rule = "A 403 that means too many requests is waited for, not taken for a lack of permission",
      does =
          "403 with `Retry-After`, with an exhausted budget, or with a text about rate limits, for "
              + "each request once: as if it had not been.",
      why = "Taken for \"no permission\", it removes documents or breaks a connection.",
      whenItFails = "Tell the two apart before the status is judged.")
  public final void a_403_that_is_a_rate_limit_is_waited_for() {
    FakeReply forbidden = FakeReply.status(403);
    for (FakeReply limit :
        List.of(
            forbidden.header("Retry-After", "5"),
            forbidden.header("X-RateLimit-Remaining", "0").header("X-RateLimit-Reset", "15"),
            FakeReply.json("{\"message\":\"You have exceeded a secondary rate limit\"}")
                .withStatus(403))) {
      failsOnce(this, Phase.FIRST_SYNC, Fault.answers(limit));
      failsOnce(this, Phase.INCREMENTAL, Fault.answers(limit));
    }
  }

  @Check(
      id = "NET-09",
      rule = "What the API refuses for good is not requested again",
      does =
          "What one exchange asked is refused with 400, 405, 422 or 451 whenever it is asked: "
              + "once, and once more where a listing may begin anew.",
      why = "It will be refused again.",
      whenItFails = "Repeat only what can pass.")
  public final void a_refusal_is_not_repeated() {
    int requests = CrashSweep.calm(this, Phase.RESYNC, false).requests();
    List<Integer> statuses = List.of(400, 422, 405, 451);
    for (int exchange : each(requests)) {
      refuse(exchange, statuses.get(exchange % statuses.size()));
    }
  }

  private void refuse(int exchange, int status) {
    String where = "what exchange " + exchange + " asked is answered " + status + " each time";
    try (Trial trial = trial()) {
      Phase.RESYNC.prepare(trial);
      int before = trial.server().count();
      String[] refused = {""};
      int[] times = {0};
      trial
          .server()
          .faulting(
              request -> {
                if (request.number() - before == exchange) {
                  refused[0] = asked(request);
                }
                boolean again = asked(request).equals(refused[0]);
                times[0] += again ? 1 : 0;
                return again ? Optional.of(Fault.status(status)) : Optional.empty();
              });
      trial.process(Phase.RESYNC::run);
      // Once more is right after a cursor that expired: the listing begins anew.
      assertThat(times[0]).as("how often it was asked when %s", where).isBetween(1, 2);
      assertThat(trial.index().missing()).as("what was deleted when %s", where).isEmpty();
    }
  }

  @Check(
      id = "NET-11",
      rule = "Retries wait for a random time, and none for ever",
      does =
          "All is answered 503: the waits between repetitions are there, bounded, and other in "
              + "another process.",
      why = "A thousand clients that come back in the same second are the next outage.",
      whenItFails = "Add jitter from the injected random.",
      level = Check.Level.SHOULD)
  public final void repetitions_wait_by_chance() {
    List<Duration> waits = waits(1);
    assertThat(waits).as("waits between the repetitions of one request").isNotEmpty();
    assertThat(waits.stream().reduce(Duration.ZERO, Duration::plus))
        .as("all waits together: %s", waits)
        .isBetween(Duration.ofMillis(1), Duration.ofMinutes(10));
    assertThat(waits(2))
        .as("the waits of another process, which would all come back at one moment")
        .isNotEqualTo(waits);
  }

  private List<Duration> waits(long chance) {
    try (Trial trial = trial().chance(chance).client(c -> c.retries(6))) {
      trial.server().faultAlways(Fault.status(503));
      Run run = trial.sync();
      assertThat(run.state()).as("a run in which all is answered 503").isEqualTo(Run.State.FAILED);
      assertThat(trial.time().sleeps())
          .as("waits, of which each repetition needs one")
          .hasSizeGreaterThanOrEqualTo(Math.min(6, trial.server().count() - 1));
      return trial.time().sleeps();
    }
  }
}
