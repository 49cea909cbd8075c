package dev.corpusync.examples.demo.oauth;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.engine.Health;
import dev.corpusync.examples.demo.output.CheckedOutput;
import dev.corpusync.oauth.TokenKeeper;
import dev.corpusync.sync.Counts;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.RunListener;
import dev.corpusync.sync.Scope;
import dev.corpusync.sync.Time;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The steps after the first sync: token renewal, revoked consent, reconnecting. */
final class RenewalSteps {
  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private final OAuthSetup setup;
  private final CheckedOutput out;
  private final Facts facts;

  RenewalSteps(OAuthSetup setup, CheckedOutput out) {
    this.setup = setup;
    this.out = out;
    facts = setup.facts;
  }

  void run() throws IOException, InterruptedException {
    renewed();
    revoked();
    reconnected();
  }

  private void renewed() throws IOException, InterruptedException {
    facts.step("renewed");
    out.say("%n6. Access tokens expire after eight seconds here. The host waits until Keycloak");
    out.say("   no longer accepts this one, and syncs again.");
    awaitEndOfToken();
    String refresh = setup.tokenEndpoint.last("refresh_token").reveal();
    int renewals = setup.tokenEndpoint.renewals();
    Run run = setup.corpusync.sync(OAuthSetup.KEY);
    int made = setup.tokenEndpoint.renewals() - renewals;
    boolean rotated = !setup.tokenEndpoint.last("refresh_token").reveal().equals(refresh);
    out.check(run.state() == Run.State.SUCCEEDED, "it synced (it was %s)", run.state());
    out.check(made > 0, "the tokens were renewed");
    out.check(rotated, "the refresh token was rotated");
    out.check(setup.documents() == NotesApi.NOTES, "nothing was lost");
    out.check(
        setup.api.exchanges().stream().noneMatch(e -> e.status() == 401), "no request was refused");
    out.say(
        "   Tokens renewed: %d time(s), before any request was refused. The refresh token", made);
    out.say("   was rotated.");
    facts.fact("renewals", made);
    facts.fact("rotated", rotated);
    facts.fact("stored", run.counts().stored());
  }

  private void revoked() throws IOException, InterruptedException {
    facts.step("revoked");
    setup.administrator.takeBackConsent("alice", OAuthSetup.APPLICATION);
    out.say("%n7. An administrator of Keycloak revokes Alice's consent. The next sync fails:");
    Run run = setup.corpusync.sync(OAuthSetup.KEY);
    Health health = setup.corpusync.health(OAuthSetup.KEY);
    out.check(run.state() == Run.State.FAILED, "it failed (it was %s)", run.state());
    out.check(
        health.status() == Health.Status.NEEDS_AUTHORISATION,
        "a person must sign in again (it was %s)",
        health.status());
    out.check(health.reason().contains("Reconnect"), "the reason says what to do");
    out.quote("   Health: " + health.status() + ", because", health.reason() + ".");
    int requests = setup.tokenEndpoint.requests();
    out.check(
        setup.corpusync.sync(OAuthSetup.KEY).state() == Run.State.FAILED,
        "the next sync fails too");
    int more = setup.tokenEndpoint.requests() - requests;
    out.check(more == 0, "Keycloak gets no further request");
    out.check(setup.documents() == NotesApi.NOTES, "the synced notes are still stored");
    out.say(
        "   A further sync sends no request to Keycloak, and the %d notes stay.",
        setup.documents());
    facts.fact("health", health.status());
    facts.fact("reason", health.reason());
    facts.fact("documents", setup.documents());
    facts.fact("further_requests", more);
  }

  private void reconnected() throws IOException, InterruptedException {
    facts.step("reconnected");
    setup.client.complete(setup.alice.visit(setup.begin()), setup.session);
    out.check(setup.alice.forms().contains("consent"), "she saw the consent form again");
    out.say("%n8. Alice grants consent again. Another worker is in the middle of a sync when the");
    out.say("   host reconnects:");
    String fenced = fenced();
    out.quote("   - the next commit of the old worker is refused:", fenced);
    Run run = setup.corpusync.sync(OAuthSetup.KEY);
    Health health = setup.corpusync.health(OAuthSetup.KEY);
    out.check(run.state() == Run.State.SUCCEEDED, "it synced (it was %s)", run.state());
    out.check(health.status() == Health.Status.CONNECTED, "it is connected again");
    out.check(setup.documents() == NotesApi.NOTES, "nothing was lost or doubled");
    out.say("   - the new worker syncs. Health: %s", health.status());
    facts.fact("old_worker", fenced);
    facts.fact("health", health.status());
    facts.fact("documents", setup.documents());
  }

  /** Returns the message of a run that began before the host reconnected. */
  private String fenced() throws InterruptedException {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch reconnected = new CountDownLatch(1);
    try (Corpusync old = setup.engine(halted(running, reconnected))) {
      old.connect(OAuthSetup.KEY, "notes", setup.settings, keeper());
      CompletableFuture<Run> ended =
          CompletableFuture.supplyAsync(() -> old.resync(OAuthSetup.KEY));
      try {
        out.check(running.await(TIMEOUT.toSeconds(), TimeUnit.SECONDS), "the old worker has begun");
        setup.corpusync.reconnect(OAuthSetup.KEY, keeper());
      } finally {
        reconnected.countDown();
      }
      Run lost = ended.join();
      out.check(lost.state() == Run.State.FENCED, "the run of the old worker was fenced");
      return lost.message();
    }
  }

  private TokenKeeper keeper() {
    return setup.client.keeper(OAuthSetup.KEY, setup.settings);
  }

  private static RunListener halted(CountDownLatch running, CountDownLatch until) {
    return new RunListener() {
      @Override
      public void pageCommitted(ConnectionKey key, Scope scope, Counts soFar) {
        running.countDown();
        try {
          until.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    };
  }

  private void awaitEndOfToken() throws IOException, InterruptedException {
    Time time = Time.system();
    Instant end = time.now().plus(TIMEOUT);
    while (setup.isTokenActive()) {
      out.check(time.now().isBefore(end), "the access token expires");
      time.sleep(Duration.ofMillis(500));
    }
  }
}
