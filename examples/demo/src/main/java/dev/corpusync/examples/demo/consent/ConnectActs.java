package dev.corpusync.examples.demo.consent;

import dev.corpusync.auth.Secret;
import dev.corpusync.connection.Connection;
import dev.corpusync.connection.Setting;
import dev.corpusync.describe.DescriptorJson;
import dev.corpusync.error.AuthorizationFailedException;
import dev.corpusync.error.AuthorizationFailedException.Reason;
import dev.corpusync.examples.demo.telling.Teller;
import dev.corpusync.oauth.OAuthClient.Connected;
import dev.corpusync.sync.Run;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** From the connector's description to the first sync. */
final class ConnectActs {
  private final ConsentStage stage;
  private final Teller teller;
  private final Facts facts;

  ConnectActs(ConsentStage stage, Teller teller) {
    this.stage = stage;
    this.teller = teller;
    facts = stage.facts;
  }

  void play() throws IOException, InterruptedException {
    described();
    sent();
    denied();
    consented();
    synced();
  }

  private void described() {
    facts.act("described");
    JsonNode said = DescriptorJson.of(new Notes());
    String scheme = said.path("auth").path(0).path("scheme").asString("");
    teller.check(scheme.equals("oauth2:authorization_code"), "the connector asks for consent");
    teller.say("%n1. The connector says what it needs, and a host can draw a form from it.");
    teller.say("   \"%s\" signs in with %s,", said.path("title").asString(), scheme);
    teller.say("   wants the scopes %s,", String.join(" and ", Notes.CONSENT.scopes()));
    List<String> names =
        said.path("settings").valueStream().map(s -> s.path("name").asString()).toList();
    teller.check(names.containsAll(stage.settings.keySet()), "it asks for what is filled in");
    teller.check(
        new Notes().descriptor().settings().stream().noneMatch(Setting::isSecret),
        "it asks for no secret");
    teller.say("   and asks for %s. No secret is among them.", String.join(" and ", names));
    facts.fact("connector", said.path("id").asString());
    facts.fact("scheme", scheme);
    facts.fact("scopes", Notes.CONSENT.scopes());
    facts.fact("settings", names);
  }

  private void sent() {
    facts.act("sent");
    URI place = stage.begin();
    TreeSet<String> names = new TreeSet<>();
    Arrays.stream(place.getRawQuery().split("&"))
        .forEach(pair -> names.add(pair.replaceFirst("=.*", "")));
    teller.check(
        names.containsAll(List.of("state", "code_challenge", "scope")),
        "it has all that is needed");
    teller.check(place.getRawQuery().contains("code_challenge_method=S256"), "PKCE is on");
    teller.check(!stage.hasTokens(), "nothing is connected yet");
    teller.say("%n2. The host sends Alice's browser to Keycloak: %s", place.getRawPath());
    teller.say("   with %s.", String.join(", ", names));
    teller.say("   The state is signed, and good once and only for her browser, as will be seen.");
    facts.fact("parameters", names);
  }

  private void denied() throws IOException, InterruptedException {
    facts.act("denied");
    URI back = stage.alice.refuse(stage.begin());
    teller.check(
        stage.alice.forms().equals(List.of("login", "consent")),
        "she was shown a login form and a form of consent");
    teller.say("%n3. Alice logs in, reads what is asked of her, and says no.");
    refused("denied", back, stage.session, Reason.DENIED);
    URI other =
        URI.create(visited().toString().replaceAll("iss=[^&]*", "iss=https%3A%2F%2Fevil.example"));
    teller.say("   She tries again, and somebody lets another provider answer.");
    refused("another_provider", other, stage.session, Reason.ELSEWHERE);
  }

  private void consented() throws IOException, InterruptedException {
    facts.act("consented");
    URI back = visited();
    teller.say("%n4. She says yes, and Keycloak sends her back with a code.");
    teller.say("   Before the host takes it, others try:");
    refused("another_browser", back, Secret.of("session-of-somebody-else"), Reason.ELSEWHERE);
    refused("forged_state", forged(back), stage.session, Reason.STATE_FORGED);
    Connected connected = stage.client.complete(back, stage.session);
    teller.check(connected.scopes().containsAll(Notes.CONSENT.scopes()), "all scopes were granted");
    teller.check(stage.hasTokens(), "the tokens are kept");
    teller.say("   The host redeems it with its PKCE verifier. The tokens are in the database,");
    teller.say("   sealed with AES-256-GCM; the key is not. And once more the same way back:");
    refused("replayed", back, stage.session, Reason.STATE_USED);
    teller.check(stage.hasTokens(), "what was kept is still there");
    facts.fact("granted", new TreeSet<>(connected.scopes()));
    facts.fact("sealed", stage.sealed());
  }

  private void synced() {
    facts.act("synced");
    Connection connection =
        stage.corpusync.connect(
            ConsentStage.KEY,
            "notes",
            stage.settings,
            stage.client.keeper(ConsentStage.KEY, stage.settings));
    String who = connection.account().map(a -> a.name()).orElse("nobody");
    teller.check(who.equals("alice"), "the API says who was connected");
    teller.say("%n5. The API, which asks Keycloak about each token, says that this is %s.", who);
    Run run = stage.corpusync.sync(ConsentStage.KEY);
    stage.deliver();
    teller.check(run.state() == Run.State.SUCCEEDED, "it synced (it was %s)", run.state());
    teller.check(stage.documents() == NotesApi.NOTES, "all notes are stored");
    teller.check(stage.api.unmatched().isEmpty(), "the API knew every request");
    teller.check(stage.told.size() == NotesApi.NOTES, "the feed told of each");
    teller.say("   First sync: %d notes, each told to the index.", stage.documents());
    facts.fact("account", who);
    facts.fact("documents", stage.documents());
    facts.fact("events", stage.told.size());
  }

  private URI visited() throws IOException, InterruptedException {
    URI back = stage.alice.visit(stage.begin());
    stage.overheard.remember(
        "code", Secret.of(back.getRawQuery().replaceAll("(?:.*&)?code=([^&]*).*", "$1")));
    return back;
  }

  /** The same with one letter of the state's signed body changed. */
  private static URI forged(URI back) {
    int at = back.toString().indexOf("state=") + "state=".length() + 10;
    String text = back.toString();
    char other = text.charAt(at) == 'Q' ? 'A' : 'Q';
    return URI.create(text.substring(0, at) + other + text.substring(at + 1));
  }

  private void refused(String name, URI back, Secret session, Reason reason) {
    boolean before = stage.hasTokens();
    Optional<AuthorizationFailedException> refusal =
        stage.failure(
            AuthorizationFailedException.class, () -> stage.client.complete(back, session));
    teller.check(
        refusal.filter(e -> e.reason() == reason).isPresent(),
        "%s is refused as %s (it was %s)",
        name,
        reason,
        refusal.map(e -> e.reason().name()).orElse("not refused"));
    teller.check(stage.hasTokens() == before, "%s changed nothing", name);
    teller.quote("   - " + reason + ":", refusal.map(Throwable::getMessage).orElse(""));
    facts.fact(name, reason);
  }
}
