package dev.corpusync.testkit.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corpusync.auth.Secret;
import dev.corpusync.error.AuthorizationFailedException;
import dev.corpusync.error.AuthorizationFailedException.Reason;
import dev.corpusync.extract.Api;
import dev.corpusync.memory.MemoryStore;
import dev.corpusync.testkit.time.VirtualTime;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * AUTH-17: a callback from the provider is accepted once, in time, in the session that started it;
 * nothing else connects an account, and each failure names its reason. AUTH-18: it names the
 * provider.
 */
final class ConsentChecks {
  private static final URI REDIRECT = AuthFixture.REDIRECT;
  private static final Secret SESSION = AuthFixture.SESSION;
  private final AuthSubject subject;

  ConsentChecks(AuthSubject subject) {
    this.subject = subject;
  }

  void the_way_back_is_taken_once() {
    try (AuthFixture trial = trial()) {
      AuthProcess process = trial.process();
      URI back = trial.server().visit(subject.begin(process, REDIRECT, SESSION));
      subject.complete(process, back, SESSION);
      assertThat(refusal(process, back, SESSION))
          .as("the same way back again")
          .contains(Reason.STATE_USED);
      URI another = trial.server().visit(subject.begin(process, REDIRECT, SESSION));
      assertThat(refusal(process, with("code", value(another, "code"), back), SESSION))
          .as("the old state with a fresh code")
          .contains(Reason.STATE_USED);
      subject.complete(trial.process(), another, SESSION);
      assertThat(RenewalChecks.readsAll(trial.open())).as("read afterwards").isTrue();
    }
  }

  void the_way_back_is_taken_in_time() {
    try (AuthFixture trial = trial()) {
      AuthProcess process = trial.process();
      URI back = trial.server().visit(subject.begin(process, REDIRECT, SESSION));
      trial.clock().advance(Duration.ofMinutes(59));
      assertThat(refusal(process, back, SESSION))
          .as("an hour later")
          .contains(Reason.STATE_EXPIRED);
      assertThat(isConnected(trial)).as("connected").isFalse();
    }
  }

  void a_forged_way_back_is_refused() {
    try (AuthFixture trial = trial()) {
      AuthProcess process = trial.process();
      URI back = trial.server().visit(subject.begin(process, REDIRECT, SESSION));
      String state = value(back, "state");
      for (int at = 0; at < state.length(); at += Math.max(1, state.length() / 40)) {
        // Not one of the last bits, which base64 ignores.
        char other = state.charAt(at) == 'Q' ? 'A' : 'Q';
        String changed = state.substring(0, at) + other + state.substring(at + 1);
        assertThat(refusal(process, with("state", changed, back), SESSION))
            .as("a state changed at %s", at)
            .contains(Reason.STATE_FORGED);
      }
      for (String forged : Set.of("x", "e30.e30", ".", "state", "%00", state + ".x")) {
        assertThat(refusal(process, with("state", forged, back), SESSION))
            .as("the state '%s'", forged)
            .contains(Reason.STATE_FORGED);
      }
      URI without = URI.create(REDIRECT + "?code=" + rawValue(back, "code"));
      assertThat(refusal(process, without, SESSION)).as("no state").contains(Reason.STATE_FORGED);
      URI twice = URI.create(back + "&state=" + rawValue(back, "state"));
      assertThat(refusal(process, twice, SESSION)).as("two states").contains(Reason.STATE_FORGED);
      assertThat(isConnected(trial)).as("connected").isFalse();
      subject.complete(process, back, SESSION);
    }
  }

  void the_way_back_belongs_to_one_browser_and_one_address() {
    try (AuthFixture trial = trial()) {
      AuthProcess process = trial.process();
      URI back = trial.server().visit(subject.begin(process, REDIRECT, SESSION));
      assertThat(refusal(process, back, Secret.of("session-of-another")))
          .as("another session")
          .contains(Reason.ELSEWHERE);
      URI named = URI.create(back.toString().replace("127.0.0.1", "localhost"));
      assertThat(refusal(process, named, SESSION))
          .as("localhost, not 127.0.0.1")
          .contains(Reason.ELSEWHERE);
      assertThat(isConnected(trial)).as("connected").isFalse();
      subject.complete(process, back, SESSION);
    }
  }

  /** PKCE: a code that was given to another attempt is of no use here. */
  void a_stolen_code_is_of_no_use() {
    try (AuthFixture trial = trial()) {
      AuthProcess process = trial.process();
      URI first = subject.begin(process, REDIRECT, SESSION);
      assertThat(first.getQuery()).as("the request").contains("code_challenge_method=S256");
      URI stolen = trial.server().visit(first);
      URI mine = trial.server().visit(subject.begin(process, REDIRECT, SESSION));
      assertThat(refusal(process, with("code", value(stolen, "code"), mine), SESSION))
          .as("my state with a code of another attempt")
          .contains(Reason.CODE_REFUSED);
      assertThat(isConnected(trial)).as("connected").isFalse();
    }
  }

  /** RFC 9207: where a provider says who it is, another one's answer is not taken for its own. */
  void the_way_back_names_the_provider_that_was_asked() {
    String issuer = "https://id.example/realms/one";
    for (String other :
        List.of("https://id.example/realms/two", issuer + "/", "HTTPS" + issuer.substring(5))) {
      try (AuthFixture trial = naming(issuer)) {
        AuthProcess process = trial.process();
        trial.server().naming(issuer);
        URI back = trial.server().visit(subject.begin(process, REDIRECT, SESSION));
        assertThat(refusal(process, with("iss", other, back), SESSION))
            .as("the way back of %s", other)
            .contains(Reason.ELSEWHERE);
        assertThat(isConnected(trial)).as("connected by %s", other).isFalse();
        trial.connect(process);
        assertThat(RenewalChecks.readsAll(trial.open())).as("read afterwards").isTrue();
      }
    }
    try (AuthFixture trial = naming(issuer)) {
      AuthProcess process = trial.process();
      URI back = trial.server().visit(subject.begin(process, REDIRECT, SESSION));
      assertThat(refusal(process, back, SESSION))
          .as("a way back that names nobody")
          .contains(Reason.ELSEWHERE);
      trial.server().denying("access_denied");
      URI denied = trial.server().visit(subject.begin(process, REDIRECT, SESSION));
      assertThat(refusal(process, denied, SESSION))
          .as("a refusal that names nobody")
          .contains(Reason.ELSEWHERE);
    }
  }

  private AuthFixture naming(String issuer) {
    return new AuthFixture(
        subject, MemoryStore.open().secrets(), new VirtualTime(), scheme -> scheme.issuer(issuer));
  }

  void every_failure_says_what_it_is() {
    Set<String> messages = new TreeSet<>();
    for (String error :
        Set.of("access_denied", "invalid_scope", "server_error", "unauthorized_client")) {
      try (AuthFixture trial = trial()) {
        AuthProcess process = trial.process();
        trial.server().denying(error);
        URI back = trial.server().visit(subject.begin(process, REDIRECT, SESSION));
        messages.add(message(process, back, SESSION));
        assertThat(isConnected(trial)).as("connected after %s", error).isFalse();
      }
    }
    try (AuthFixture trial = trial()) {
      AuthProcess process = trial.process();
      trial.server().granting("things:list");
      URI back = trial.server().visit(subject.begin(process, REDIRECT, SESSION));
      String said = message(process, back, SESSION);
      assertThat(said).as("what is said of a missing scope").contains("things:read");
      assertThat(isConnected(trial)).as("connected without a scope").isFalse();
      messages.add(said);
      messages.add(message(process, back, SESSION));
      messages.add(message(process, with("state", "x.y", back), SESSION));
    }
    assertThat(messages).as("different messages").hasSize(7);
    assertThat(String.join(" ", messages))
        .as("messages")
        .doesNotContain(
            SESSION.reveal(), "code-", "access-", "refresh-", FakeAuthServer.CLIENT_SECRET);
  }

  private boolean isConnected(AuthFixture trial) {
    Api api = trial.open();
    return RenewalChecks.readsAll(api);
  }

  private Optional<Reason> refusal(AuthProcess process, URI back, Secret session) {
    try {
      subject.complete(process, back, session);
      return Optional.empty();
    } catch (AuthorizationFailedException e) {
      return Optional.of(e.reason());
    }
  }

  private String message(AuthProcess process, URI back, Secret session) {
    try {
      subject.complete(process, back, session);
      return "nothing";
    } catch (AuthorizationFailedException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static String rawValue(URI uri, String name) {
    return uri.getRawQuery().replaceAll("(?:.*&)?" + name + "=([^&]*).*", "$1");
  }

  private static String value(URI uri, String name) {
    return java.net.URLDecoder.decode(rawValue(uri, name), java.nio.charset.StandardCharsets.UTF_8);
  }

  private static URI with(String name, String value, URI uri) {
    String raw = rawValue(uri, name);
    return URI.create(
        uri.toString().replace(name + "=" + raw, name + "=" + AuthorizationServer.encoded(value)));
  }

  private AuthFixture trial() {
    return new AuthFixture(subject, MemoryStore.open().secrets(), new VirtualTime());
  }
}
