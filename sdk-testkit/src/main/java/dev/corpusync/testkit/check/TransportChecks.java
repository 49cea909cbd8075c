package dev.corpusync.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.error.CorpusyncException;
import dev.corpusync.error.CredentialsRejectedException;
import dev.corpusync.error.MalformedReplyException;
import dev.corpusync.error.RateLimitedException;
import dev.corpusync.error.RequestRefusedException;
import dev.corpusync.error.UnavailableException;
import dev.corpusync.sync.Run;
import dev.corpusync.testkit.check.CrashSweep.Phase;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeRequest;
import dev.corpusync.testkit.fake.FakeServer;
import dev.corpusync.testkit.fake.Fault;
import dev.corpusync.testkit.trial.Bench;
import dev.corpusync.testkit.trial.Trial;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** NET: whatever the network does, nothing is lost and nothing runs for ever. */
public abstract class TransportChecks extends Area {
  public TransportChecks(Bench bench) {
    super(bench);
  }

  @Check(
      id = "NET-22",
      rule = "A record whose own requests fail for ever costs nothing but itself",
      does =
          "Each request that names one record, for its parts or by its id, is answered 500, 400, "
              + "403 or with a web page, in a sync, a full run and another sync, and when it is "
              + "refreshed. Every other record must be read, and the one stay. Then it heals.",
      why =
          "One record that a server stumbles over stops a listing at its page for good (issue 10, "
              + "kind 4).",
      whenItFails =
          "In an extractor of your own ask for one record with `attempt`, hand `Api.Attempt.Failed` on as "
              + "`failed(ids)`, and end with `Proof.NONE` where something was left out.",
      needs = Need.OWN_REQUESTS)
  public final void a_record_whose_requests_fail_costs_itself() {
    OneRecordRequests own = new OneRecordRequests(this);
    for (int status : List.of(500, 400, 403)) {
      own.failFor(Fault.status(status));
    }
    own.failFor(Fault.html());
  }

  @Check(
      id = "NET-23",
      rule = "What was denied once is read when it is no longer denied",
      does =
          "One request of a first sync is answered 403, each in turn, then none; two days later"
              + " everything must be there, with its parts, though nothing has changed.",
      why =
          "What was denied when it was new comes in no listing of changes. It is missing for good,"
              + " and no failure tells of it (issue 10, kind 1).",
      whenItFails =
          "In an extractor of your own hand a record that is denied on as `failed(ids)`; leave parts"
              + " to the engine.")
  public final void what_was_denied_once_is_read() {
    int exchanges = CrashSweep.calm(this, Phase.FIRST_SYNC, false).requests();
    for (int exchange : spread(exchanges)) {
      try (Trial trial = trial()) {
        trial.server().fault(exchange, Fault.status(403));
        trial.sync();
        trial.server().heal();
        for (int round = 0; round < 2; round++) {
          trial.pass(Duration.ofDays(1));
          trial.sync();
        }
        trial.index().isWhole("two days after " + named(exchange) + " was answered with 403");
      }
    }
  }

  @Check(
      id = "NET-14",
      rule = "A redirect is followed within the connection's host, and takes no secret elsewhere",
      does =
          "Each GET is redirected to itself, to another host, or for ever. Within the host it "
              + "makes no difference; another host never sees credentials; for ever ends.",
      why = "A client that follows blindly hands the token to any host that is named.",
      whenItFails = "Follow within the origin only, a few times.")
  public final void redirects_take_no_secret_elsewhere() {
    String calm = CrashSweep.calm(this, Phase.FIRST_SYNC, false).state();
    for (int status : List.of(301, 302, 307, 308)) {
      try (Trial trial = trial()) {
        Set<String> seen = new HashSet<>();
        trial
            .server()
            .faulting(
                request ->
                    request.method().equals("GET") && seen.add(RetryChecks.asked(request))
                        ? Optional.of(redirect(status, address(request)))
                        : Optional.empty());
        whole(trial, "in which each GET is answered " + status + " to itself, once");
        assertThat(CrashSweep.state(trial)).as("the store after redirects").isEqualTo(calm);
      }
      takesNoSecretElsewhere(status);
    }
    try (Trial trial = trial()) {
      trial.server().faulting(request -> Optional.of(redirect(302, address(request))));
      Run run = trial.sync();
      assertThat(run.state())
          .as("a run in which everything redirects to itself: %s", run.message())
          .isEqualTo(Run.State.FAILED);
      assertThat(trial.server().count())
          .as("exchanges of a run in which everything redirects to itself")
          .isLessThan(200);
    }
  }

  private void takesNoSecretElsewhere(int status) {
    try (FakeServer elsewhere = FakeServer.serving(r -> Optional.of(FakeReply.json("{}")));
        Trial trial = trial()) {
      trial.server().fault(1, redirect(status, elsewhere.url() + "/other"));
      trial.sync();
      assertThat(elsewhere.exchanges())
          .as("exchanges with another host that were given credentials, after a %s", status)
          .noneMatch(e -> e.authorized() || e.query().toString().contains(Trial.SECRET));
    }
  }

  private static Fault redirect(int status, String to) {
    return Fault.answers(FakeReply.status(status).header("Location", to));
  }

  private static String address(FakeRequest request) {
    String query =
        request.query().entrySet().stream()
            .flatMap(
                e ->
                    e.getValue().stream()
                        .map(v -> e.getKey() + "=" + URLEncoder.encode(v, StandardCharsets.UTF_8)))
            .collect(Collectors.joining("&"));
    return request.path() + (query.isEmpty() ? "" : "?" + query);
  }

  @Check(
      id = "NET-18",
      rule = "A host that does not answer is no empty source",
      does = "Nobody listens at the address: the run fails and deletes nothing.",
      why = "\"unreachable\" is not \"empty\".",
      whenItFails = "An exception of the network is no answer.",
      level = Check.Level.SHOULD)
  public final void a_host_that_does_not_answer_is_no_empty_source() {
    try (Trial trial = trial()) {
      Phase.RESYNC.prepare(trial);
      trial.server().close();
      Run run = trial.process(Phase.RESYNC::run);
      assertThat(run.state())
          .as("a run while nobody answers: %s", run.message())
          .isEqualTo(Run.State.FAILED);
      assertThat(trial.index().missing()).as("what was deleted after it").isEmpty();
    }
  }

  @Check(
      id = "NET-19",
      rule =
          "One partition after another: one request at a time, and one more where a page is"
              + " fetched ahead",
      does =
          "One request is under way at a time, two with a page fetched ahead; the server lets them "
              + "meet.",
      why = "The host decides how much is asked at once (`parallelism`).",
      whenItFails = "Do not ask in threads of your own.")
  public final void requests_do_not_crowd() {
    for (boolean prefetch : List.of(false, true)) {
      try (Trial trial = trial().prefetching(prefetch)) {
        trial.server().crowded();
        whole(trial, "whose requests wait for each other");
        assertThat(trial.server().mostAtOnce())
            .as("the most requests at once, prefetch %s", prefetch)
            .isBetween(1, prefetch ? 2 : 1);
      }
    }
  }

  @Check(
      id = "NET-20",
      rule = "Each failure has its own type, by what should happen next, and the run says which",
      does =
          "401, 422, 503, a reset, a login page and a long wait have each their own type of "
              + "exception, and the run's message holds what it says.",
      why = "The type says what should happen next; an administrator reads the message.",
      whenItFails = "Let the client's exceptions pass.")
  public final void each_failure_says_what_it_is() {
    Map<Fault, Class<? extends CorpusyncException>> types = new LinkedHashMap<>();
    types.put(Fault.status(401), CredentialsRejectedException.class);
    types.put(Fault.status(422), RequestRefusedException.class);
    types.put(Fault.status(503), UnavailableException.class);
    types.put(Fault.reset(), UnavailableException.class);
    types.put(Fault.html(), MalformedReplyException.class);
    types.put(Fault.rateLimited(Duration.ofHours(1)), RateLimitedException.class);
    types.forEach(this::says);
  }

  private void says(Fault fault, Class<? extends CorpusyncException> type) {
    try (Trial trial = trial()) {
      trial.server().faultAlways(fault);
      Run run = trial.sync();
      assertThat(run.state())
          .as("a run in which everything %s: %s", fault, run.message())
          .isIn(EnumSet.of(Run.State.FAILED, Run.State.RATE_LIMITED));
      List<RuntimeException> failures = trial.failures();
      assertThat(failures).as("failures of the client when everything %s", fault).isNotEmpty();
      assertThat(failures.get(0))
          .as("what the client makes of it when everything %s", fault)
          .isInstanceOf(type);
      assertThat(run.message())
          .as("the message of a run in which everything %s", fault)
          .contains(String.valueOf(failures.get(0).getMessage()));
    }
  }
}
