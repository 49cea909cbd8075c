package dev.corpusync.testkit.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.auth.TokenEndpoint;
import dev.corpusync.error.CorpusyncException;
import dev.corpusync.error.CredentialsRejectedException;
import dev.corpusync.extract.Api;
import dev.corpusync.extract.Call;
import dev.corpusync.memory.MemoryStore;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.Fault;
import dev.corpusync.testkit.time.VirtualTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Checks when a consent is lost, and when it only seems so. */
final class LostConsentChecks {
  private final AuthSubject subject;

  LostConsentChecks(AuthSubject subject) {
    this.subject = subject;
  }

  /** AUTH-06: a refusal is asked for once, said, and remembered; connecting again repairs it. */
  void a_refused_consent_is_final() {
    try (AuthFixture trial = trial().connected()) {
      Api api = trial.open();
      trial.server().endAll().endAccess();
      int before = trial.server().tokenPosts();
      assertThat(rejection(api)).as("what is said").containsIgnoringCase("reconnect");
      int requests = trial.api().count();
      assertThat(rejection(api))
          .as("what is said the second time")
          .containsIgnoringCase("reconnect");
      assertThat(rejection(trial.open()))
          .as("what another process says")
          .containsIgnoringCase("reconnect");
      assertThat(trial.server().tokenPosts() - before).as("token requests").isEqualTo(1);
      assertThat(trial.api().count() - requests).as("requests after the refusal").isZero();
      trial.connect(trial.process());
      assertThat(RenewalChecks.readsAll(api)).as("read after connecting again").isTrue();
    }
  }

  /** AUTH-07: refused because another process has just renewed: its tokens are used. */
  void a_refusal_is_compared_with_what_is_stored_by_now() {
    try (AuthFixture trial = trial().connected()) {
      trial.server().withoutFamilyKill();
      Api api = trial.open();
      Api sibling = trial.open(trial.process(trial.secrets(), e -> trial.server().direct()));
      trial.server().endAccess();
      // It was thought dead, its claim has run out, and another one took over.
      trial
          .server()
          .beforeNext(
              () -> {
                trial.clock().advance(Duration.ofMinutes(5));
                sibling.send(Call.get("/things"));
              });
      assertThat(RenewalChecks.readsAll(api)).as("read, though another had renewed").isTrue();
      assertThat(trial.server().reuses()).as("old refresh tokens sent").isEqualTo(1);
      assertThat(RenewalChecks.readsAll(trial.open())).as("read by the next process").isTrue();
    }
  }

  private static List<FakeReply> outages() {
    return List.of(
        FakeReply.status(500),
        FakeReply.status(503),
        FakeReply.status(429),
        page(200),
        page(400),
        page(403),
        FakeReply.json("[]"),
        FakeReply.json("{}"),
        FakeReply.json("{\"access_token\":"),
        FakeReply.json("{\"error\":\"temporarily_unavailable\"}").withStatus(400),
        FakeReply.json("{\"error\":\"invalid_client\"}").withStatus(401),
        FakeReply.bytes(200, "text/plain", new byte[0]));
  }

  private static FakeReply page(int status) {
    return FakeReply.bytes(
        status, "text/html", "<html>maintenance: invalid_grant".getBytes(StandardCharsets.UTF_8));
  }

  /** AUTH-08: whatever goes wrong with the server is no refusal. */
  void an_outage_is_no_revocation() {
    for (FakeReply outage : outages()) {
      try (AuthFixture trial = trial().connected()) {
        Api api = trial.open();
        trial.server().endAccess().refuseNext(100, outage);
        String where = outage.status() + " " + new String(outage.body(), StandardCharsets.UTF_8);
        assertThat(refused(api))
            .as("the failure after %s", where)
            .isNotInstanceOf(CredentialsRejectedException.class);
        trial.server().refuseNext(0, outage);
        trial.clock().advance(Duration.ofMinutes(1));
        assertThat(RenewalChecks.readsAll(api)).as("read after %s is over", where).isTrue();
      }
    }
    try (AuthFixture trial = trial().connected()) {
      AtomicBoolean down = new AtomicBoolean(true);
      Api api = trial.open(trial.process(trial.secrets(), e -> failing(down, e)));
      trial.server().endAccess();
      assertThat(refused(api))
          .as("the failure without a network")
          .isNotInstanceOf(CredentialsRejectedException.class);
      down.set(false);
      trial.clock().advance(Duration.ofMinutes(1));
      assertThat(RenewalChecks.readsAll(api)).as("read when the network is back").isTrue();
    }
  }

  private static TokenEndpoint failing(AtomicBoolean down, TokenEndpoint endpoint) {
    return (place, headers, form) -> {
      if (down.get()) {
        throw new IOException("no route");
      }
      return endpoint.post(place, headers, form);
    };
  }

  /** AUTH-09: the server has renewed and we never heard: asked again, and then said clearly. */
  void a_lost_answer_is_asked_for_again() {
    for (Fault lost : List.of(Fault.reset(), Fault.truncated(), Fault.status(502), Fault.html())) {
      try (AuthFixture trial = trial().connected()) {
        Api api = trial.open();
        trial.server().forgiving(Duration.ofMinutes(1)).endAccess().loseNext(lost);
        Optional<CorpusyncException> first = failure(api);
        assertThat(first.filter(CredentialsRejectedException.class::isInstance))
            .as("a rejection, though the server forgives a repetition, answer %s", lost)
            .isEmpty();
        assertThat(RenewalChecks.readsAll(api)).as("read after an answer %s", lost).isTrue();
      }
      try (AuthFixture trial = trial().connected()) {
        Api api = trial.open();
        int before = trial.server().tokenPosts();
        trial.server().endAccess().loseNext(lost);
        String said = failure(api).map(Throwable::getMessage).orElse("");
        String last = said.contains("econnect") ? said : rejection(api);
        assertThat(last)
            .as("what is said when the repetition is refused, answer %s", lost)
            .containsIgnoringCase("reconnect");
        assertThat(trial.server().tokenPosts() - before).as("token requests").isLessThan(4);
      }
    }
  }

  /** AUTH-10: a new token that is refused too ends it. */
  void a_second_refusal_is_not_renewed_again() {
    try (AuthFixture trial = trial().connected()) {
      Api api = trial.open();
      trial.api().faultAlways(Fault.status(401));
      assertThat(refused(api))
          .as("the failure when every token is refused")
          .isInstanceOf(CredentialsRejectedException.class);
      assertThat(trial.server().renewals()).as("renewals").isEqualTo(1);
      assertThat(trial.api().count()).as("requests").isEqualTo(2);
    }
  }

  private static String rejection(Api api) {
    CorpusyncException e = refused(api);
    assertThat(e).as("the failure").isInstanceOf(CredentialsRejectedException.class);
    return String.valueOf(e.getMessage());
  }

  static CorpusyncException refused(Api api) {
    return failure(api).orElseThrow(() -> new AssertionError("a request went well that must fail"));
  }

  static Optional<CorpusyncException> failure(Api api) {
    try {
      api.send(Call.get("/things"));
      return Optional.empty();
    } catch (CorpusyncException e) {
      return Optional.of(e);
    }
  }

  private AuthFixture trial() {
    return new AuthFixture(subject, MemoryStore.open().secrets(), new VirtualTime());
  }
}
