package dev.corpusync.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.engine.Corpusync;
import dev.corpusync.sync.Run;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeRequest;
import dev.corpusync.testkit.fake.Fault;
import dev.corpusync.testkit.trial.Bench;
import dev.corpusync.testkit.trial.Trial;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** NET, of how long to wait when the API says so. */
public abstract class WaitChecks extends Area {
  public WaitChecks(Bench bench) {
    super(bench);
  }

  /** The moments of the exchanges from now on, by the host's clock. */
  private static List<Instant> moments(Trial trial) {
    List<Instant> moments = new ArrayList<>();
    trial.server().before(n -> moments.add(trial.time().now()));
    return moments;
  }

  /** Too many, with the headers of the right answer, so that it has a date. */
  private static Fault limit(String retryAfter) {
    return Fault.changes(
        "answers 429, Retry-After: " + retryAfter,
        reply ->
            new FakeReply(429, reply.headers(), "{}".getBytes(StandardCharsets.UTF_8))
                .header("Retry-After", retryAfter));
  }

  @Check(
      id = "NET-03",
      rule = "No request is sent before the seconds of Retry-After are over",
      does =
          "`Retry-After: 17` is waited for by the host's clock before anything else is asked; "
              + "`3600` gives the worker back, and a run that comes too early asks nothing.",
      why = "A client that asks too early is banned for longer.",
      whenItFails = "The client must share the wait among all work of its connection.")
  public final void retry_after_is_waited_for() {
    try (Trial trial = trial()) {
      List<Instant> moments = moments(trial);
      Set<String> seen = new HashSet<>();
      trial
          .server()
          .faulting(
              request ->
                  seen.add(RetryChecks.asked(request))
                      ? Optional.of(limit("17"))
                      : Optional.empty());
      whole(trial, "in which each request is first answered 429, Retry-After: 17");
      List<Boolean> refused =
          trial.server().exchanges().stream().map(e -> e.status() == 429).toList();
      assertThat(refused).as("answers of 429").contains(true);
      for (int i = 0; i + 1 < moments.size(); i++) {
        if (refused.get(i)) {
          assertThat(Duration.between(moments.get(i), moments.get(i + 1)))
              .as("what passed after exchange %s, which said Retry-After: 17", i + 1)
              .isGreaterThanOrEqualTo(Duration.ofSeconds(17));
        }
      }
    }
    try (Trial trial = trial()) {
      trial.process(engine -> comesBackAfterAnHour(trial, engine));
      trial.index().isWhole("after a wait of an hour");
    }
  }

  private static Run comesBackAfterAnHour(Trial trial, Corpusync engine) {
    trial.server().fault(1, limit("3600"));
    for (String when : List.of("that is asked to wait an hour", "too early")) {
      Run run = engine.sync(Trial.KEY);
      assertThat(run.state())
          .as("the state of a run %s: %s", when, run.message())
          .isEqualTo(Run.State.RATE_LIMITED);
      assertThat(trial.server().count()).as("exchanges after a run %s", when).isEqualTo(1);
    }
    trial.time().advance(Duration.ofHours(1));
    return succeeded(engine.sync(Trial.KEY), "an hour later");
  }

  @Check(
      id = "NET-21",
      rule = "A long wait that one process was asked for holds for the next one",
      does =
          "A run is asked to wait an hour and gives its worker back. Another process that syncs "
              + "meanwhile must end RATE_LIMITED without a request; after the hour a third one "
              + "must be whole.",
      why = "Replicas and restarts share an account, and its ban.",
      whenItFails =
          "The store loses `Run.notBefore`, or the client does not throw `RateLimitedException`.")
  public final void a_long_wait_is_known_to_the_next_process() {
    try (Trial trial = trial()) {
      int asked =
          trial.process(
              engine -> {
                trial.server().fault(trial.server().count() + 1, limit("3600"));
                Run run = engine.sync(Trial.KEY);
                assertThat(run.state())
                    .as("the state of a run that is asked to wait an hour: %s", run.message())
                    .isEqualTo(Run.State.RATE_LIMITED);
                return trial.server().count();
              });
      Run early = trial.beside(engine -> engine.sync(Trial.KEY));
      assertThat(early.state())
          .as("the state of another process's run, too early: %s", early.message())
          .isEqualTo(Run.State.RATE_LIMITED);
      assertThat(trial.server().count())
          .as("exchanges after the run of another process that came too early")
          .isEqualTo(asked);
      whole(trial, "of another process, after the hour");
    }
  }

  @Check(
      id = "NET-04",
      rule = "Retry-After may be a date, or nonsense: the wait is neither nothing nor for ever",
      does =
          "Retry-After as a date, past, in half a minute, in ten years; negative, fractional, "
              + "huge, blank, words. The wait is never nothing and never for ever.",
      why = "All of these were seen in the field.",
      whenItFails =
          "Parse both forms, against the reply's own `Date`; fall back to a wait of your own.")
  public final void odd_forms_of_retry_after_are_understood() {
    forms()
        .forEach(
            (name, form) -> {
              try (Trial trial = trial()) {
                understands(trial, name, form, Duration.ZERO);
              }
            });
    try (Trial trial = trial()) {
      Instant then = trial.world().clock().plusSeconds(30);
      understands(trial, "a date in half a minute", header(then), Duration.ofSeconds(29));
    }
    try (Trial trial = trial()) {
      Instant then = trial.world().clock().plus(Duration.ofDays(3650));
      understands(trial, "a date in ten years", header(then), Duration.ZERO);
    }
  }

  private static String header(Instant time) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atOffset(ZoneOffset.UTC));
  }

  private static Map<String, String> forms() {
    Map<String, String> forms = new LinkedHashMap<>();
    forms.put("a date in the past", "Wed, 21 Oct 2015 07:28:00 GMT");
    forms.put("nothing", "");
    forms.put("zero", "0");
    forms.put("a negative number", "-30");
    forms.put("a fraction", "1.5");
    forms.put("a number without end", "99999999999999999999");
    forms.put("words", "a little later");
    return forms;
  }

  private static void understands(Trial trial, String name, String header, Duration atLeast) {
    List<Instant> moments = moments(trial);
    trial.server().fault(1, limit(header));
    Instant start = trial.time().now().plus(Duration.ofHours(1));
    Run run = trial.sync();
    assertThat(run.state())
        .as("the state of a run told to wait by %s; its message: %s", name, run.message())
        .isIn(EnumSet.of(Run.State.SUCCEEDED, Run.State.RATE_LIMITED));
    if (run.state() == Run.State.SUCCEEDED) {
      trial.index().isWhole("after a wait told by " + name);
      assertThat(Duration.between(moments.get(0), moments.get(1)))
          .as("the wait told by %s", name)
          .isPositive()
          .isGreaterThanOrEqualTo(atLeast);
    } else {
      assertThat(moments).as("exchanges of a run told to wait by %s", name).hasSize(1);
    }
    assertThat(Duration.between(start, trial.time().now()))
        .as("how long a worker was held by %s", name)
        .isLessThan(Duration.ofHours(1));
  }

  @Check(
      id = "NET-05",
      rule = "When the budget is used up, no request is sent until it is renewed",
      does =
          "An answer with `X-RateLimit-Remaining: 0` and a reset in seconds, epoch seconds or "
              + "milliseconds: nothing is asked before it.",
      why = "It is cheaper than the refusal that comes next.",
      whenItFails = "Read the headers of good answers too.",
      level = Check.Level.SHOULD)
  public final void a_used_up_budget_is_waited_for() {
    for (String form : List.of("seconds to go", "epoch seconds", "epoch milliseconds")) {
      try (Trial trial = trial()) {
        List<Instant> moments = moments(trial);
        Instant then = trial.world().clock().plusSeconds(21);
        String reset =
            switch (form) {
              case "seconds to go" -> "20";
              case "epoch seconds" -> Long.toString(then.getEpochSecond());
              default -> Long.toString(then.toEpochMilli());
            };
        trial.quirks().dressing((request, reply) -> usedUp(request, reply, reset));
        String when = "in which the first answer takes the last of the budget, " + form;
        // Where everything comes in one answer, the second request is that of the next run.
        trial.process(
            engine -> {
              succeeded(engine.sync(Trial.KEY), when);
              return succeeded(engine.sync(Trial.KEY), "after one " + when);
            });
        trial.index().isWhole(when);
        assertThat(moments).as("exchanges").hasSizeGreaterThan(1);
        assertThat(Duration.between(moments.get(0), moments.get(1)))
            .as("what passed after a budget was used up, renewed in 20 s, told as %s", form)
            .isGreaterThanOrEqualTo(Duration.ofSeconds(20));
      }
    }
  }

  private static FakeReply usedUp(FakeRequest request, FakeReply reply, String reset) {
    boolean first = request.number() == 1;
    return reply
        .header("X-RateLimit-Remaining", first ? "0" : "4999")
        .header("X-RateLimit-Reset", reset);
  }
}
