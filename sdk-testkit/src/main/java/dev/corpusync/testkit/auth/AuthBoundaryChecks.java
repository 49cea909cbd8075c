package dev.corpusync.testkit.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.auth.AuthScheme;
import dev.corpusync.auth.ClientAuthentication;
import dev.corpusync.auth.Secret;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.error.AccessDeniedException;
import dev.corpusync.error.CorpusyncException;
import dev.corpusync.error.CredentialsRejectedException;
import dev.corpusync.extract.Api;
import dev.corpusync.extract.ApiFactory;
import dev.corpusync.extract.Call;
import dev.corpusync.memory.MemoryStore;
import dev.corpusync.store.Store;
import dev.corpusync.sync.Run;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeServer;
import dev.corpusync.testkit.fake.Fault;
import dev.corpusync.testkit.time.VirtualTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks of what tokens have nothing to do with, and of where they may not be sent. */
final class AuthBoundaryChecks {
  private static final int DOCUMENTS = 24;
  private final AuthSubject subject;

  AuthBoundaryChecks(AuthSubject subject) {
    this.subject = subject;
  }

  /** AUTH-12: a 403 is no matter of tokens. */
  void a_denial_renews_nothing() {
    try (AuthFixture trial = trial().connected()) {
      Api api = trial.open();
      int before = trial.server().tokenPosts();
      trial.api().faultAlways(Fault.status(403));
      assertThat(LostConsentChecks.refused(api))
          .as("the failure after a 403")
          .isInstanceOf(AccessDeniedException.class);
      assertThat(trial.server().tokenPosts() - before).as("token requests").isZero();
      assertThat(trial.api().count()).as("requests").isEqualTo(1);
    }
  }

  /**
   * AUTH-13: a scope that is lost stops what needs it, deletes nothing, and lets the rest continue.
   */
  void a_lost_scope_stops_only_what_needs_it() {
    try (AuthFixture trial = trial().connected();
        Store store = MemoryStore.open();
        Corpusync engine =
            Corpusync.builder(store)
                .connector(new TwoListings(AuthScheme.bearer()))
                .apis(apis(trial))
                .time(trial.clock())
                .build()) {
      engine.connect(AuthFixture.KEY, "things", Map.of(), () -> Secret.of("not used"));
      assertThat(engine.sync(AuthFixture.KEY).state()).isEqualTo(Run.State.SUCCEEDED);
      assertThat(documents(store)).as("documents at first").isEqualTo(DOCUMENTS);
      trial.things().closeNotes();
      trial.things().addThing();
      for (int run = 1; run <= 2; run++) {
        Run denied = engine.resync(AuthFixture.KEY);
        assertThat(denied.state()).as("run %s without the scope", run).isEqualTo(Run.State.FAILED);
        assertThat(denied.message()).as("why").contains("403");
        assertThat(denied.counts().deleted()).as("deleted by run %s", run).isZero();
      }
      assertThat(documents(store)).as("documents afterwards").isEqualTo(DOCUMENTS + 1);
    }
  }

  private static int documents(Store store) {
    return store.corpus().documentsAfter(AuthFixture.KEY, Optional.empty(), 500).size();
  }

  private static ApiFactory apis(AuthFixture trial) {
    Api api = trial.open();
    return config -> api;
  }

  /** AUTH-14: a token goes to its API, a refresh token to its server, and neither elsewhere. */
  void nothing_secret_goes_elsewhere() {
    try (FakeServer elsewhere =
        FakeServer.serving(request -> Optional.of(FakeReply.json("{\"data\":[]}")))) {
      try (AuthFixture trial = trial().connected()) {
        Api api = trial.open();
        trial.api().faultAlways(redirect(elsewhere));
        assertThat(LostConsentChecks.failure(api))
            .as("a failure of a redirect elsewhere")
            .isPresent();
        assertThat(isRefused(api, Call.follow(elsewhere.url() + "/things")))
            .as("whether a link elsewhere is refused")
            .isTrue();
      }
      try (AuthFixture trial = trial().connected()) {
        Api api = trial.open();
        FakeReply redirect = FakeReply.status(307).header("Location", elsewhere.url() + "/token");
        trial.server().endAccess().refuseNext(100, redirect);
        assertThat(LostConsentChecks.failure(api))
            .as("a failure of a token endpoint that redirects")
            .isPresent();
      }
      assertThat(elsewhere.exchanges()).as("requests that went elsewhere").isEmpty();
    }
  }

  private static Fault redirect(FakeServer elsewhere) {
    return Fault.answers(FakeReply.status(307).header("Location", elsewhere.url() + "/things"));
  }

  private static boolean isRefused(Api api, Call call) {
    try {
      api.send(call);
      return false;
    } catch (CorpusyncException e) {
      return true;
    }
  }

  /** AUTH-15: id, secret and refresh token arrive as they are, whatever their characters. */
  void secrets_arrive_as_they_are() {
    for (ClientAuthentication how :
        List.of(ClientAuthentication.BASIC, ClientAuthentication.POST)) {
      try (AuthFixture trial =
          new AuthFixture(
              subject,
              MemoryStore.open().secrets(),
              new VirtualTime(),
              builder -> builder.client(how))) {
        trial.server().client(how);
        trial.clientSecret("s3cr3t &+%=ü:/?").connected();
        Api api = trial.open();
        trial.server().endAccess();
        assertThat(RenewalChecks.readsAll(api)).as("read after a renewal by %s", how).isTrue();
      } catch (CorpusyncException e) {
        throw new AssertionError(
            "the server did not know us, by " + how + ": " + e.getMessage(), e);
      }
    }
  }

  /** AUTH-16: after a disconnect no request is made with the old tokens, in any process. */
  void a_disconnected_account_is_not_used() {
    try (AuthFixture trial = trial().connected()) {
      Api api = trial.open();
      assertThat(RenewalChecks.readsAll(api)).as("read while connected").isTrue();
      subject.disconnect(trial.process());
      assertThat(trial.server().live()).as("consents that the provider thinks count").isZero();
      int requests = trial.api().count();
      int posts = trial.server().tokenPosts();
      assertThat(LostConsentChecks.refused(api))
          .as("the failure of a run that did not end in time")
          .isInstanceOf(CredentialsRejectedException.class);
      assertThat(LostConsentChecks.failure(trial.open()))
          .as("the failure in another process")
          .containsInstanceOf(CredentialsRejectedException.class);
      assertThat(trial.api().count() - requests).as("requests afterwards").isZero();
      assertThat(trial.server().tokenPosts() - posts).as("token requests afterwards").isZero();
    }
  }

  private AuthFixture trial() {
    return new AuthFixture(subject, MemoryStore.open().secrets(), new VirtualTime());
  }
}
