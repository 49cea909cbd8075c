package dev.corpusync.examples.demo.consent;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.engine.Health;
import dev.corpusync.error.LeaseLostException;
import dev.corpusync.examples.demo.telling.Teller;
import dev.corpusync.oauth.TokenKeeper;
import dev.corpusync.sync.Counts;
import dev.corpusync.sync.Run;
import dev.corpusync.sync.RunListener;
import dev.corpusync.sync.Scope;
import dev.corpusync.sync.Time;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The tokens end, the consent is lost, and Alice gives it again. */
final class KeepActs {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private final ConsentStage stage;
  private final Teller teller;
  private final Facts facts;

  KeepActs(ConsentStage stage, Teller teller) {
    this.stage = stage;
    this.teller = teller;
    facts = stage.facts;
  }

  void play() throws IOException, InterruptedException {
    renewed();
    revoked();
    reconnected();
  }

  private void renewed() throws IOException, InterruptedException {
    facts.act("renewed");
    teller.say("%n6. Access tokens are good for eight seconds here. The host waits until");
    teller.say("   Keycloak takes this one no more, and syncs again.");
    awaitEndOfToken();
    String refresh = stage.overheard.last("refresh_token").reveal();
    int renewals = stage.overheard.renewals();
    Run run = stage.corpusync.sync(ConsentStage.KEY);
    int made = stage.overheard.renewals() - renewals;
    boolean rotated = !stage.overheard.last("refresh_token").reveal().equals(refresh);
    teller.check(run.state() == Run.State.SUCCEEDED, "it synced (it was %s)", run.state());
    teller.check(made > 0, "the tokens were renewed");
    teller.check(rotated, "the refresh token is another one");
    teller.check(stage.documents() == NotesApi.NOTES, "nothing was lost");
    teller.check(
        stage.api.exchanges().stream().noneMatch(e -> e.status() == 401), "no request was refused");
    teller.say("   Renewed %d time(s), before any request was refused. The refresh token", made);
    teller.say("   is another one now.");
    facts.fact("renewals", made);
    facts.fact("rotated", rotated);
    facts.fact("stored", run.counts().stored());
  }

  private void revoked() throws IOException, InterruptedException {
    facts.act("revoked");
    stage.administrator.takeBackConsent("alice", ConsentStage.APPLICATION);
    teller.say("%n7. An administrator of Keycloak takes Alice's consent back. The next sync:");
    Run run = stage.corpusync.sync(ConsentStage.KEY);
    Health health = stage.corpusync.health(ConsentStage.KEY);
    teller.check(run.state() == Run.State.FAILED, "it failed (it was %s)", run.state());
    teller.check(
        health.status() == Health.Status.NEEDS_AUTHORISATION,
        "a person must sign in again (it was %s)",
        health.status());
    teller.check(health.reason().contains("Reconnect"), "the reason says what to do");
    teller.quote("   Health: " + health.status() + ", because", health.reason() + ".");
    int requests = stage.overheard.requests();
    teller.check(stage.corpusync.sync(ConsentStage.KEY).state() == Run.State.FAILED, "it stays so");
    int more = stage.overheard.requests() - requests;
    teller.check(more == 0, "Keycloak is not asked again in vain");
    teller.check(stage.documents() == NotesApi.NOTES, "what was synced is still there");
    teller.say("   Keycloak is not asked again, and the %d notes stay.", stage.documents());
    facts.fact("health", health.status());
    facts.fact("reason", health.reason());
    facts.fact("documents", stage.documents());
    facts.fact("requests_in_vain", more);
  }

  private void reconnected() throws IOException, InterruptedException {
    facts.act("reconnected");
    stage.client.complete(stage.alice.visit(stage.begin()), stage.session);
    teller.check(stage.alice.forms().contains("consent"), "she was asked again");
    teller.say("%n8. Alice consents again. A worker elsewhere is in the middle of a sync when the");
    teller.say("   host reconnects:");
    String fenced = fenced();
    teller.quote("   - the old worker's next page is refused:", fenced);
    Run run = stage.corpusync.sync(ConsentStage.KEY);
    Health health = stage.corpusync.health(ConsentStage.KEY);
    teller.check(run.state() == Run.State.SUCCEEDED, "it synced (it was %s)", run.state());
    teller.check(health.status() == Health.Status.CONNECTED, "it is connected again");
    teller.check(stage.documents() == NotesApi.NOTES, "nothing was lost or doubled");
    teller.say("   - the new one syncs. Health: %s", health.status());
    facts.fact("old_worker", fenced);
    facts.fact("health", health.status());
    facts.fact("documents", stage.documents());
  }

  /** What a worker hears that began before the host reconnected. */
  private String fenced() throws InterruptedException {
    CountDownLatch amidst = new CountDownLatch(1);
    CountDownLatch reconnected = new CountDownLatch(1);
    try (Corpusync old = stage.engine(halted(amidst, reconnected))) {
      old.connect(ConsentStage.KEY, "notes", stage.settings, keeper());
      CompletableFuture<Optional<LeaseLostException>> ended =
          CompletableFuture.supplyAsync(
              () -> stage.failure(LeaseLostException.class, () -> old.resync(ConsentStage.KEY)));
      try {
        teller.check(
            amidst.await(PATIENCE.toSeconds(), TimeUnit.SECONDS), "the old worker has begun");
        stage.corpusync.reconnect(ConsentStage.KEY, keeper());
      } finally {
        reconnected.countDown();
      }
      Optional<LeaseLostException> heard = ended.join();
      teller.check(heard.isPresent(), "the old worker was fenced off");
      return heard.map(Throwable::getMessage).orElse("");
    }
  }

  private TokenKeeper keeper() {
    return stage.client.keeper(ConsentStage.KEY, stage.settings);
  }

  private static RunListener halted(CountDownLatch amidst, CountDownLatch until) {
    return new RunListener() {
      @Override
      public void pageCommitted(ConnectionKey key, Scope scope, Counts soFar) {
        amidst.countDown();
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
    Instant end = time.now().plus(PATIENCE);
    while (stage.isTokenActive()) {
      teller.check(time.now().isBefore(end), "the access token ends");
      time.sleep(Duration.ofMillis(500));
    }
  }
}
