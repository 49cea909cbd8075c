package dev.corpusync.testkit.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.auth.TokenEndpoint;
import dev.corpusync.error.CorpusyncException;
import dev.corpusync.extract.Api;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Reply;
import dev.corpusync.memory.MemoryStore;
import dev.corpusync.sync.Time;
import dev.corpusync.testkit.time.VirtualTime;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Checks when tokens are renewed, by which process, and what is durable then. */
final class RenewalChecks {
  private static final int THREADS = 16;
  private static final int ROWS = 12;
  private final AuthSubject subject;

  RenewalChecks(AuthSubject subject) {
    this.subject = subject;
  }

  /** AUTH-01: a 401 costs one renewal, and the same request is made again, at every exchange. */
  void a_refused_request_is_made_again_with_a_new_token() {
    for (int exchange = 1; exchange <= TwoListingsApi.PAGES; exchange++) {
      try (AuthFixture trial = trial().connected()) {
        int refused = exchange;
        trial
            .api()
            .before(
                number -> {
                  if (number == refused) {
                    trial.server().endAccess();
                  }
                });
        assertThat(readAll(trial.open()))
            .as("rows read when the token ends before exchange %s", refused)
            .isEqualTo(ROWS);
        assertThat(trial.server().renewals()).as("renewals").isEqualTo(1);
        assertThat(trial.api().count()).as("requests").isEqualTo(TwoListingsApi.PAGES + 1);
      }
    }
  }

  /** AUTH-02: many threads are refused at once, one renews. */
  void many_threads_renew_once() {
    renewedOnceBy(1);
  }

  /** AUTH-03: the same in two processes with one store. */
  void two_processes_renew_once() {
    renewedOnceBy(2);
  }

  private void renewedOnceBy(int processes) {
    // By the machine's clock: a wait for another process must take time here.
    try (AuthFixture trial =
        new AuthFixture(subject, MemoryStore.open().secrets(), Time.system()).connected()) {
      CountDownLatch refusals = new CountDownLatch(THREADS);
      trial.api().after(number -> refusals.countDown());
      List<Api> apis = new ArrayList<>();
      for (int i = 0; i < processes; i++) {
        apis.add(
            trial.open(trial.process(trial.secrets(), endpoint -> afterAll(refusals, endpoint))));
      }
      int before = trial.server().tokenPosts();
      trial.server().endAccess();
      List<String> failures = inParallel(apis);
      assertThat(failures).as("requests that failed, of %s at once", THREADS).isEmpty();
      assertThat(trial.server().tokenPosts() - before)
          .as("token requests of %s process(es), all refused at once", processes)
          .isEqualTo(1);
      assertThat(trial.server().live()).as("consents that still count").isEqualTo(1);
    }
  }

  /** No renewal is answered before every thread has been refused. */
  private static TokenEndpoint afterAll(CountDownLatch refusals, TokenEndpoint endpoint) {
    return (place, headers, form) -> {
      try {
        if (!refusals.await(30, TimeUnit.SECONDS)) {
          throw new IOException("not all threads were refused");
        }
      } catch (InterruptedException e) {
        throw new InterruptedIOException();
      }
      return endpoint.post(place, headers, form);
    };
  }

  private static List<String> inParallel(List<Api> apis) {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<Reply>> all = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        Api api = apis.get(i % apis.size());
        all.add(threads.submit(() -> api.send(Call.get("/things"))));
      }
      List<String> failures = new ArrayList<>();
      for (Future<Reply> one : all) {
        try {
          one.get();
        } catch (ExecutionException e) {
          failures.add(String.valueOf(e.getCause()));
        }
      }
      return failures;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    } finally {
      threads.shutdownNow();
    }
  }

  /** AUTH-04: the new refresh token is durable before the new access token is used. */
  void what_is_used_is_durable() {
    try (AuthFixture trial = trial().connected()) {
      CrashingSecrets mortal = new CrashingSecrets(trial.secrets());
      Api dying = trial.open(trial.process(mortal, endpoint -> endpoint));
      trial.server().endAccess();
      trial
          .api()
          .before(
              number -> {
                if (number == 2) {
                  mortal.die();
                }
              });
      try {
        dying.send(Call.get("/things"));
      } catch (CorpusyncException e) {
        // It has died; what it thinks of that does not count.
      }
      trial.clock().advance(Duration.ofHours(2));
      trial.server().endAccess();
      assertThat(readAll(trial.open()))
          .as("rows read by the next process, after one died with its first use of a new token")
          .isEqualTo(ROWS);
    } catch (CorpusyncException e) {
      throw new AssertionError("the next process could not continue: " + e.getMessage(), e);
    }
  }

  /** AUTH-05: a renewal that gives no refresh token leaves the old one. */
  void a_refresh_token_that_is_not_repeated_stays() {
    try (AuthFixture trial = trial().connected()) {
      trial.server().withoutRotation();
      for (int time = 1; time <= 3; time++) {
        trial.server().endAccess();
        assertThat(readsAll(trial.open())).as("read after renewal %s", time).isTrue();
      }
      assertThat(trial.server().renewals()).as("renewals").isEqualTo(3);
    }
  }

  /**
   * How an answer says how long a token is good.
   *
   * @param told whether that can be understood
   */
  private record Saying(String members, boolean told) {}

  private static List<Saying> sayings() {
    long end = VirtualTime.START.plusSeconds(3_600).getEpochSecond();
    return List.of(
        new Saying("\"expires_in\":3600", true),
        new Saying("\"expires_in\":\"3600\"", true),
        new Saying("\"expires_in\":\" 3600 \"", true),
        new Saying("\"expires_in\":3600.0", true),
        new Saying("\"expires_in\":\"3600.9\"", true),
        new Saying("\"expires_at\":" + end, true),
        new Saying("\"expires_at\":\"" + end + "\"", true),
        new Saying("\"expires_at\":" + end + "000", true),
        new Saying("\"expires_at\":\"2026-03-01T11:00:00+01:00\"", true),
        new Saying("\"expires_in\":null,\"expires_at\":" + end, true),
        new Saying("", false),
        new Saying("\"expires_in\":0", false),
        new Saying("\"expires_in\":-1", false),
        new Saying("\"expires_in\":\"\"", false),
        new Saying("\"expires_in\":\"soon\"", false),
        new Saying("\"expires_in\":null", false),
        new Saying("\"expires_in\":true", false),
        new Saying("\"expires_in\":[3600]", false),
        new Saying("\"expires_in\":1e18", false),
        new Saying("\"expires_in\":99999999999999999999999", false),
        new Saying("\"expires_in\":\"99999999999999999999999\"", false),
        new Saying("\"expires_at\":12", false));
  }

  /** AUTH-11: renewed ahead of a known end, and never for want of one. */
  void every_form_of_expiry_is_understood() {
    for (Saying saying : sayings()) {
      try (AuthFixture trial = trial()) {
        trial.server().life(saying.members(), Duration.ofHours(1));
        Api api = trial.connected().open();
        for (int minute = 0; minute < 30; minute++) {
          send(api, saying.members());
          trial.clock().advance(Duration.ofMinutes(1));
        }
        String where = "with {" + saying.members() + "}";
        assertThat(trial.server().renewals()).as("renewals in half an hour %s", where).isZero();
        trial.clock().advance(Duration.ofMinutes(29).plusSeconds(50));
        int requests = trial.api().count();
        send(api, saying.members());
        assertThat(trial.api().count() - requests)
            .as("requests 10 s before the end %s", where)
            .isEqualTo(1);
        assertThat(trial.server().renewals())
            .as("renewals 10 s before the end %s", where)
            .isEqualTo(saying.told() ? 1 : 0);
        trial.clock().advance(Duration.ofHours(3));
        send(api, saying.members());
        assertThat(trial.server().renewals())
            .as("renewals 3 hours after the end %s", where)
            .isEqualTo(saying.told() ? 2 : 1);
      }
    }
    aShortLifeIsUsed();
  }

  private void aShortLifeIsUsed() {
    try (AuthFixture trial = trial()) {
      trial.server().life("\"expires_in\":20", Duration.ofSeconds(20));
      Api api = trial.connected().open();
      for (int second = 0; second < 12; second++) {
        send(api, "a life of 20 s");
        trial.clock().advance(Duration.ofSeconds(1));
      }
      assertThat(trial.server().renewals()).as("renewals in 12 s of a life of 20 s").isZero();
    }
  }

  private static void send(Api api, String where) {
    try {
      api.send(Call.get("/things"));
    } catch (CorpusyncException e) {
      throw new AssertionError("a request failed with {" + where + "}: " + e.getMessage(), e);
    }
  }

  static int readAll(Api api) {
    int rows = 0;
    Optional<String> cursor = Optional.of("1");
    while (cursor.isPresent()) {
      Reply page = api.send(Call.get("/things").query("cursor", cursor.get()));
      rows += page.json().each("data").size();
      cursor = page.json().findText("next");
    }
    return rows;
  }

  /** False for a failure that names itself. */
  static boolean readsAll(Api api) {
    try {
      return readAll(api) == ROWS;
    } catch (CorpusyncException e) {
      return false;
    }
  }

  private AuthFixture trial() {
    return new AuthFixture(subject, MemoryStore.open().secrets(), new VirtualTime());
  }
}
