package dev.corpusync.testkit.engine;

import static dev.corpusync.testkit.engine.Bench.KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.auth.AuthScheme;
import dev.corpusync.auth.OAuth2;
import dev.corpusync.auth.Secret;
import dev.corpusync.connection.Connection;
import dev.corpusync.connection.Descriptor;
import dev.corpusync.connection.Setting;
import dev.corpusync.connector.Connector;
import dev.corpusync.connector.Stream;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.error.CredentialsMissingException;
import dev.corpusync.error.CredentialsRejectedException;
import dev.corpusync.error.InvalidConfigurationException;
import dev.corpusync.http.HttpClients;
import dev.corpusync.oauth.OAuthClient;
import dev.corpusync.oauth.Registration;
import dev.corpusync.oauth.TokenKeeper;
import dev.corpusync.store.Store;
import dev.corpusync.sync.Run;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeServer;
import dev.corpusync.vault.KeyProvider;
import dev.corpusync.vault.Vault;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A secret is given for an origin and stays with it (P11). */
class SecretOriginTest {
  private static final Setting<Secret> HOOK = Setting.password("hook", "Secret of the webhook");
  private static final Setting<Secret> NOTE = Setting.password("note", "Another").optional();
  private static final KeyProvider KEYS = KeyProvider.development();
  private final Bench bench = new Bench();
  private final List<String> elsewhere = Collections.synchronizedList(new ArrayList<>());
  private final FakeServer other =
      FakeServer.serving(
          request -> {
            elsewhere.add(request.header("authorization").orElse("nothing") + request.text());
            return Optional.of(
                request.path().equals("/token")
                    ? FakeReply.json("{\"access_token\":\"a1\",\"token_type\":\"bearer\"}")
                    : FakeReply.json("{\"data\":[],\"next\":null}"));
          });

  @AfterEach
  void close() {
    other.close();
    bench.close();
  }

  private Corpusync engine() {
    bench.ticket("t1", "text");
    return bench.builder("bench", new Tickets()).vault(KEYS).build();
  }

  private Map<String, String> here() {
    return Map.of("base_url", bench.server.url().toString());
  }

  private Map<String, String> there() {
    return Map.of("base_url", other.url().toString());
  }

  @Test
  void a_kept_secret_is_asked_for_again_when_the_base_url_leads_elsewhere() {
    try (Corpusync engine = engine()) {
      engine.connect(KEY, "bench", here(), Secret.of("kept-secret"));
      assertThatThrownBy(() -> engine.reconfigure(KEY, there()))
          .isInstanceOf(CredentialsMissingException.class)
          .hasMessageContaining("another address")
          .hasMessageContaining("give the credentials again");
      assertThat(elsewhere).isEmpty();
      assertThat(engine.sync(KEY).state()).isEqualTo(Run.State.SUCCEEDED);
      engine.reconfigure(KEY, Map.of("base_url", bench.server.url() + "/"));

      engine.reconfigure(KEY, there(), Secret.of("another-secret"));
      assertThat(engine.sync(KEY).state()).isEqualTo(Run.State.SUCCEEDED);
      assertThat(elsewhere).isNotEmpty().allMatch(sent -> sent.equals("Bearer another-secret"));
    }
  }

  @Test
  void a_supplied_secret_is_asked_for_again_too() {
    try (Corpusync engine = engine()) {
      engine.connect(KEY, "bench", here(), () -> Secret.of("supplied-secret"));
      assertThatThrownBy(() -> engine.reconfigure(KEY, there()))
          .isInstanceOf(CredentialsMissingException.class);
      engine.reconfigure(KEY, there(), () -> Secret.of("another-secret"));
      engine.sync(KEY);
      assertThat(elsewhere).isNotEmpty().allMatch(sent -> sent.equals("Bearer another-secret"));
    }
  }

  @Test
  void settings_that_were_changed_behind_the_engine_get_no_secret() {
    for (boolean kept : List.of(true, false)) {
      Bench one = new Bench();
      try (one;
          Corpusync engine = one.builder("bench", new Tickets()).vault(KEYS).build()) {
        Map<String, String> first = Map.of("base_url", one.server.url().toString());
        if (kept) {
          engine.connect(KEY, "bench", first, Secret.of("secret"));
        } else {
          engine.connect(KEY, "bench", first, () -> Secret.of("secret"));
        }
        Connection before = one.store.connections().find(KEY).orElseThrow();
        one.store
            .connections()
            .replace(before, before.with(dev.corpusync.connection.Settings.stored(there())));
        assertThatThrownBy(() -> engine.sync(KEY)).isInstanceOf(CredentialsMissingException.class);
        assertThat(elsewhere).isEmpty();
      }
    }
  }

  /** As an earlier version stored it: the first format has no origins. */
  @Test
  void a_secret_of_an_earlier_version_belongs_to_the_origin_of_its_connection() throws Exception {
    try (Corpusync engine = engine()) {
      engine.connect(KEY, "bench", here(), Secret.of("new"));
      dev.corpusync.vault.EarlierSecrets.store(bench.store, KEYS, KEY, "secret", "of-old");
      assertThatThrownBy(() -> engine.reconfigure(KEY, there()))
          .isInstanceOf(CredentialsMissingException.class);
      engine.reconfigure(KEY, there(), () -> Secret.of("another-secret"));
    }
    try (Corpusync later = engine()) {
      assertThatThrownBy(() -> later.sync(KEY)).isInstanceOf(CredentialsMissingException.class);
      assertThat(elsewhere).allMatch(sent -> !sent.contains("of-old"));
    }
  }

  @Test
  void a_secret_of_an_earlier_version_is_used_where_it_was_given_for() throws Exception {
    try (Corpusync engine = engine()) {
      engine.connect(KEY, "bench", here(), Secret.of("new"));
      dev.corpusync.vault.EarlierSecrets.store(bench.store, KEYS, KEY, "secret", "of-old");
      assertThat(engine.sync(KEY).state()).isEqualTo(Run.State.SUCCEEDED);
      assertThat(bench.authorization).contains("Bearer of-old");
    }
  }

  private record Desk(AuthScheme scheme) implements Connector {
    @Override
    public Descriptor descriptor() {
      return Descriptor.selfHosted("desk", "Desk").auth(scheme).settings(HOOK, NOTE).build();
    }

    @Override
    public List<Stream> streams() {
      return List.of(new Tickets());
    }
  }

  private Corpusync desk(Store store, AuthScheme scheme) {
    return Corpusync.builder(store)
        .connector(new Desk(scheme))
        .apis(HttpClients.builder().time(bench.time).build())
        .time(bench.time)
        .vault(KEYS)
        .build();
  }

  @Test
  void secret_settings_are_asked_for_again_and_an_optional_one_is_erased() {
    try (Corpusync engine = desk(bench.store, AuthScheme.bearer())) {
      Map<String, String> all =
          Map.of("base_url", bench.server.url().toString(), "hook", "first", "note", "second");
      engine.connect(KEY, "desk", all, Secret.of("token"));
      assertThatThrownBy(() -> engine.reconfigure(KEY, there(), Secret.of("token")))
          .isInstanceOf(InvalidConfigurationException.class)
          .hasMessageContaining("hook")
          .hasMessageContaining("must be given again");
      assertThat(engine.secret(KEY, HOOK).map(Secret::reveal)).contains("first");
      Map<String, String> moved = Map.of("base_url", other.url().toString(), "hook", "third");
      assertThatThrownBy(() -> engine.reconfigure(KEY, moved))
          .isInstanceOf(CredentialsMissingException.class);
      engine.reconfigure(KEY, moved, Secret.of("token"));
      assertThat(engine.secret(KEY, HOOK).map(Secret::reveal)).contains("third");
      assertThat(engine.secret(KEY, NOTE)).isEmpty();
      engine.reconfigure(KEY, there());
      assertThat(engine.secret(KEY, HOOK).map(Secret::reveal)).contains("third");
    }
  }

  @Test
  void tokens_stay_with_the_api_and_with_the_provider() {
    OAuth2 scheme = OAuth2.clientCredentials(other.url() + "/token").build();
    Registration app = Registration.of("app").secret(() -> Secret.of("client-secret"));
    try (HttpClients http = HttpClients.builder().time(bench.time).build();
        Corpusync engine = desk(bench.store, scheme)) {
      Vault vault = Vault.of(bench.store.secrets(), KEYS);
      OAuthClient client =
          OAuthClient.builder(scheme, app, vault, http.tokenEndpoint()).time(bench.time).build();
      client.connect(KEY, Map.of());
      TokenKeeper keeper = client.keeper(KEY, Map.of());
      Map<String, String> settings =
          Map.of("base_url", bench.server.url().toString(), "hook", "first");
      bench.ticket("t1", "text");
      engine.connect(KEY, "desk", settings, keeper);
      assertThat(engine.sync(KEY).state()).isEqualTo(Run.State.SUCCEEDED);
      elsewhere.clear();
      Map<String, String> moved = Map.of("base_url", other.url().toString(), "hook", "second");
      assertThatThrownBy(() -> engine.reconfigure(KEY, moved))
          .isInstanceOf(CredentialsMissingException.class);
      assertThatThrownBy(() -> engine.reconfigure(KEY, moved, keeper))
          .isInstanceOf(CredentialsRejectedException.class)
          .hasMessageContaining("connect the account again");
      assertThat(elsewhere).isEmpty();
      client.connect(KEY, Map.of());
      engine.reconfigure(KEY, moved, keeper);
      assertThat(engine.sync(KEY).state()).isEqualTo(Run.State.SUCCEEDED);
    }
  }

  @Test
  void neither_refresh_token_nor_client_secret_follows_a_setting_to_another_provider() {
    OAuth2 scheme =
        OAuth2.clientCredentials("{site}/token").revocationEndpoint("{site}/revoke").build();
    Registration app = Registration.of("app").secret(() -> Secret.of("client-secret"));
    try (FakeServer attacker =
            FakeServer.serving(
                request -> {
                  elsewhere.add("attacked");
                  return Optional.of(FakeReply.json("{\"access_token\":\"x\"}"));
                });
        HttpClients http = HttpClients.builder().time(bench.time).build()) {
      Vault vault = Vault.of(bench.store.secrets(), KEYS);
      OAuthClient client =
          OAuthClient.builder(scheme, app, vault, http.tokenEndpoint()).time(bench.time).build();
      client.connect(KEY, Map.of("site", other.url().toString()));
      TokenKeeper keeper = client.keeper(KEY, Map.of("site", attacker.url().toString()));
      assertThatThrownBy(keeper::authorize)
          .isInstanceOf(CredentialsRejectedException.class)
          .hasMessageContaining("another address of the provider");
      client.disconnect(KEY, Map.of("site", attacker.url().toString()));
      assertThat(elsewhere).doesNotContain("attacked");
      assertThat(bench.store.secrets().find(KEY, "oauth.tokens")).isEmpty();
    }
  }
}
