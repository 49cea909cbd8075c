package dev.corpusync.examples.demo.oauth;

import dev.corpusync.auth.Secret;
import dev.corpusync.connection.Connection;
import dev.corpusync.connection.Setting;
import dev.corpusync.describe.DescriptorJson;
import dev.corpusync.error.AuthorizationFailedException;
import dev.corpusync.error.AuthorizationFailedException.Reason;
import dev.corpusync.examples.demo.output.CheckedOutput;
import dev.corpusync.oauth.OAuthClient.Connected;
import dev.corpusync.sync.Run;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** The steps from the connector's description to the first sync. */
final class ConnectSteps {
  private final OAuthSetup setup;
  private final CheckedOutput out;
  private final Facts facts;

  ConnectSteps(OAuthSetup setup, CheckedOutput out) {
    this.setup = setup;
    this.out = out;
    facts = setup.facts;
  }

  void run() throws IOException, InterruptedException {
    described();
    sent();
    denied();
    consented();
    synced();
  }

  private void described() {
    facts.step("described");
    JsonNode descriptor = DescriptorJson.of(new Notes());
    String scheme = descriptor.path("auth").path(0).path("scheme").asString("");
    out.check(scheme.equals("oauth2:authorization_code"), "the connector asks for consent");
    out.say("%n1. The connector declares what it needs; a host can render a form from it.");
    out.say("   \"%s\" authenticates with %s,", descriptor.path("title").asString(), scheme);
    out.say("   needs the scopes %s,", String.join(" and ", Notes.CONSENT.scopes()));
    List<String> names =
        descriptor.path("settings").valueStream().map(s -> s.path("name").asString()).toList();
    out.check(
        names.containsAll(setup.settings.keySet()), "it declares the settings that are filled in");
    out.check(
        new Notes().descriptor().settings().stream().noneMatch(Setting::isSecret),
        "it has no secret setting");
    out.say("   and the settings %s. None of them is secret.", String.join(" and ", names));
    facts.fact("connector", descriptor.path("id").asString());
    facts.fact("scheme", scheme);
    facts.fact("scopes", Notes.CONSENT.scopes());
    facts.fact("settings", names);
  }

  private void sent() {
    facts.step("sent");
    URI url = setup.begin();
    TreeSet<String> names = new TreeSet<>();
    Arrays.stream(url.getRawQuery().split("&"))
        .forEach(pair -> names.add(pair.replaceFirst("=.*", "")));
    out.check(
        names.containsAll(List.of("state", "code_challenge", "scope")),
        "the URL has all parameters");
    out.check(url.getRawQuery().contains("code_challenge_method=S256"), "PKCE is used");
    out.check(!setup.hasTokens(), "nothing is connected yet");
    out.say("%n2. The host redirects Alice's browser to Keycloak: %s", url.getRawPath());
    out.say("   with the parameters %s.", String.join(", ", names));
    out.say("   The state is signed, single-use and bound to her browser; see step 4.");
    facts.fact("parameters", names);
  }

  private void denied() throws IOException, InterruptedException {
    facts.step("denied");
    URI back = setup.alice.refuse(setup.begin());
    out.check(
        setup.alice.forms().equals(List.of("login", "consent")),
        "she saw a login form and a consent form");
    out.say("%n3. Alice logs in and denies consent.");
    refused("denied", back, setup.session, Reason.DENIED);
    URI other =
        URI.create(visited().toString().replaceAll("iss=[^&]*", "iss=https%3A%2F%2Fevil.example"));
    out.say("   She tries again, and an attacker sends the answer of another provider.");
    refused("another_provider", other, setup.session, Reason.ELSEWHERE);
  }

  private void consented() throws IOException, InterruptedException {
    facts.step("consented");
    URI back = visited();
    out.say("%n4. She grants consent, and Keycloak redirects her back with a code.");
    out.say("   The host rejects the redirect of another browser and a forged state:");
    refused("another_browser", back, Secret.of("session-of-another-browser"), Reason.ELSEWHERE);
    refused("forged_state", forged(back), setup.session, Reason.STATE_FORGED);
    Connected connected = setup.client.complete(back, setup.session);
    out.check(connected.scopes().containsAll(Notes.CONSENT.scopes()), "all scopes were granted");
    out.check(setup.hasTokens(), "the tokens are stored");
    out.say("   The host redeems the code with its PKCE verifier. The tokens are stored in the");
    out.say("   database, sealed with AES-256-GCM; the key is not. The same redirect again:");
    refused("replayed", back, setup.session, Reason.STATE_USED);
    out.check(setup.hasTokens(), "the stored tokens are unchanged");
    facts.fact("granted", new TreeSet<>(connected.scopes()));
    facts.fact("sealed", setup.sealed());
  }

  private void synced() {
    facts.step("synced");
    Connection connection =
        setup.corpusync.connect(
            OAuthSetup.KEY,
            "notes",
            setup.settings,
            setup.client.keeper(OAuthSetup.KEY, setup.settings));
    String who = connection.account().map(a -> a.name()).orElse("nobody");
    out.check(who.equals("alice"), "the API returns the connected account");
    out.say("%n5. The API introspects each token at Keycloak. The account is %s.", who);
    Run run = setup.corpusync.sync(OAuthSetup.KEY);
    setup.deliver();
    out.check(run.state() == Run.State.SUCCEEDED, "it synced (it was %s)", run.state());
    out.check(setup.documents() == NotesApi.NOTES, "all notes are stored");
    out.check(setup.api.unmatched().isEmpty(), "the API knew every request");
    out.check(setup.changes.size() == NotesApi.NOTES, "the feed delivered each note");
    out.say("   First sync: %d notes stored and delivered to the index.", setup.documents());
    facts.fact("account", who);
    facts.fact("documents", setup.documents());
    facts.fact("events", setup.changes.size());
  }

  private URI visited() throws IOException, InterruptedException {
    URI back = setup.alice.visit(setup.begin());
    setup.tokenEndpoint.remember(
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
    boolean before = setup.hasTokens();
    Optional<AuthorizationFailedException> refusal =
        setup.failure(
            AuthorizationFailedException.class, () -> setup.client.complete(back, session));
    out.check(
        refusal.filter(e -> e.reason() == reason).isPresent(),
        "%s is refused as %s (it was %s)",
        name,
        reason,
        refusal.map(e -> e.reason().name()).orElse("not refused"));
    out.check(setup.hasTokens() == before, "%s changed nothing", name);
    out.quote("   - " + reason + ":", refusal.map(Throwable::getMessage).orElse(""));
    facts.fact(name, reason);
  }
}
