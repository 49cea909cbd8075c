package dev.corpusync.testkit.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.auth.AuthScheme;
import dev.corpusync.auth.Authorization;
import dev.corpusync.auth.ClientAuthentication;
import dev.corpusync.auth.JwtSigner;
import dev.corpusync.auth.OAuth2;
import dev.corpusync.auth.Secret;
import dev.corpusync.auth.SelfSignedJwt;
import dev.corpusync.auth.TokenDialect;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.error.AuthorizationFailedException;
import dev.corpusync.error.InvalidConfigurationException;
import dev.corpusync.extract.Call;
import dev.corpusync.http.HttpClients;
import dev.corpusync.memory.MemoryStore;
import dev.corpusync.oauth.OAuthClient;
import dev.corpusync.oauth.Registration;
import dev.corpusync.oauth.TokenKeeper;
import dev.corpusync.store.Store;
import dev.corpusync.sync.Run;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeRequest;
import dev.corpusync.testkit.fake.FakeServer;
import dev.corpusync.testkit.time.VirtualTime;
import dev.corpusync.vault.KeyProvider;
import dev.corpusync.vault.SealingKey;
import dev.corpusync.vault.Vault;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every grant and every way to authenticate the application, against a server that checks them. */
class GrantsTest {
  private static final ConnectionKey KEY = new ConnectionKey("acme", "crm");
  private final VirtualTime time = new VirtualTime();
  private final FakeAuthServer server = FakeAuthServer.start(time);
  private final FakeServer api = FakeServer.serving(server.guarding(new TwoListingsApi()));
  private final HttpClients http =
      HttpClients.builder().time(time).random(new Random(1)).retries(0).build();

  @AfterEach
  void close() {
    http.close();
    api.close();
    server.close();
  }

  private static KeyPair pair(String algorithm, int size) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(size);
    return generator.generateKeyPair();
  }

  private static Secret pem(KeyPair pair) {
    return Secret.of(
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded())
            + "\n-----END PRIVATE KEY-----");
  }

  private OAuthClient client(OAuth2 scheme, Registration registration) {
    SealingKey sealing = SealingKey.of("k1", new byte[32]);
    KeyProvider keys =
        new KeyProvider() {
          @Override
          public SealingKey current() {
            return sealing;
          }

          @Override
          public Optional<SealingKey> find(String id) {
            return Optional.of(sealing);
          }
        };
    Vault vault = Vault.of(MemoryStore.open().secrets(), keys);
    return OAuthClient.builder(scheme, registration, vault, http.tokenEndpoint())
        .time(time)
        .random(new Random(20260301))
        .build();
  }

  private static Registration registered() {
    return Registration.of(FakeAuthServer.CLIENT_ID);
  }

  /** Used for a day, renewed on the way. */
  private void usedForADay(OAuthClient client) {
    TokenKeeper keeper = client.keeper(KEY, Map.of());
    for (int hour = 0; hour < 24; hour++) {
      assertThat(http.open(KEY, api.url(), keeper).send(Call.get("/things")).status())
          .isEqualTo(200);
      time.advance(Duration.ofMinutes(59).plusSeconds(10));
    }
    assertThat(api.count()).as("requests, none of them refused").isEqualTo(24);
  }

  @Test
  void client_credentials() {
    OAuth2 scheme = OAuth2.clientCredentials(server.tokenEndpoint()).scopes("things:read").build();
    OAuthClient client =
        client(scheme, registered().secret(() -> Secret.of(FakeAuthServer.CLIENT_SECRET)));
    assertThat(client.connect(KEY, Map.of()).scopes()).containsExactly("things:read");
    usedForADay(client);
  }

  @Test
  void a_signed_statement_with_either_algorithm() throws GeneralSecurityException {
    for (String algorithm : List.of("RSA", "EC")) {
      KeyPair pair = pair(algorithm, algorithm.equals("RSA") ? 2048 : 256);
      server.clientKey(pair.getPublic());
      OAuth2 scheme = OAuth2.jwtBearer(server.tokenEndpoint()).scopes("things:read").build();
      OAuthClient client =
          client(
              scheme,
              registered()
                  .signer(
                      () ->
                          algorithm.equals("RSA")
                              ? JwtSigner.rs256(pem(pair))
                              : JwtSigner.es256(pem(pair))));
      client.connect(KEY, Map.of());
      TokenKeeper keeper = client.keeper(KEY, Map.of());
      assertThat(keeper.renew(keeper.authorize())).isTrue();
    }
    server.clientKey(pair("RSA", 2048).getPublic());
    KeyPair other = pair("RSA", 2048);
    OAuth2 scheme = OAuth2.jwtBearer(server.tokenEndpoint()).build();
    assertThatThrownBy(
            () ->
                client(scheme, registered().signer(() -> JwtSigner.rs256(pem(other))))
                    .connect(KEY, Map.of()))
        .isInstanceOf(AuthorizationFailedException.class);
  }

  @Test
  void an_application_that_signs_who_it_is() throws GeneralSecurityException {
    KeyPair pair = pair("EC", 256);
    server.client(ClientAuthentication.PRIVATE_KEY_JWT).clientKey(pair.getPublic());
    OAuth2 scheme =
        OAuth2.clientCredentials(server.tokenEndpoint())
            .client(ClientAuthentication.PRIVATE_KEY_JWT)
            .build();
    OAuthClient client = client(scheme, registered().signer(() -> JwtSigner.es256(pem(pair))));
    client.connect(KEY, Map.of());
    usedForADay(client);
  }

  @Test
  void a_public_application_with_nothing_but_its_id() {
    server.client(ClientAuthentication.NONE);
    URI redirect = URI.create("http://127.0.0.1:9/back");
    OAuth2 scheme =
        OAuth2.authorizationCode(server.authorizationEndpoint(), server.tokenEndpoint())
            .client(ClientAuthentication.NONE)
            .build();
    OAuthClient client = client(scheme, registered().redirects(redirect));
    Secret session = Secret.of("s");
    client.complete(server.visit(client.begin(KEY, Map.of(), redirect, session)), session);
    usedForADay(client);
  }

  @Test
  void what_is_missing_is_named() {
    OAuth2 scheme = OAuth2.clientCredentials(server.tokenEndpoint()).build();
    assertThatThrownBy(() -> client(scheme, registered()).connect(KEY, Map.of()))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("client_secret");
    OAuth2 signing = OAuth2.jwtBearer(server.tokenEndpoint()).build();
    assertThatThrownBy(() -> client(signing, registered()).connect(KEY, Map.of()))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("private_key");
    OAuth2 code =
        OAuth2.authorizationCode(server.authorizationEndpoint(), server.tokenEndpoint()).build();
    OAuthClient client =
        client(code, registered().redirects(URI.create("https://app.example/back")));
    for (String other : List.of("https://evil.example/back", "http://app.example/back")) {
      assertThatThrownBy(() -> client.begin(KEY, Map.of(), URI.create(other), Secret.of("s")))
          .isInstanceOf(InvalidConfigurationException.class)
          .hasMessageContaining("redirect_uri");
    }
  }

  @Test
  void a_provider_that_speaks_its_own_dialect() {
    List<FakeRequest> asked = new ArrayList<>();
    try (FakeServer odd =
        FakeServer.serving(
            request -> {
              asked.add(request);
              return Optional.of(
                  FakeReply.json(
                      asked.size() < 2
                          ? "{\"ok\":true,\"authed_user\":{\"access_token\":\"u1\",\"refresh_token\":\"r1\",\"expires_in\":43200}}"
                          : "{\"ok\":false,\"error\":\"invalid_refresh_token\"}"));
            })) {
      OAuth2 scheme =
          OAuth2.clientCredentials(odd.url() + "/oauth.v2.access")
              .client(ClientAuthentication.POST)
              .tokenParameter("audience", "things")
              .dialect(
                  TokenDialect.nested("authed_user")
                      .and(TokenDialect.refusedBy("invalid_refresh_token"))
                      .and(TokenDialect.jsonRequests()))
              .build();
      OAuthClient client = client(scheme, registered().secret(() -> Secret.of("s\"1")));
      client.connect(KEY, Map.of());
      TokenKeeper keeper = client.keeper(KEY, Map.of());
      assertThat(keeper.get().reveal()).isEqualTo("u1");
      assertThatThrownBy(() -> keeper.renew(keeper.authorize())).hasMessageContaining("Reconnect");
      assertThat(asked.get(0).text())
          .isEqualTo(
              "{\"grant_type\":\"client_credentials\",\"audience\":\"things\","
                  + "\"client_id\":\"client-1\",\"client_secret\":\"s\\\"1\"}");
      assertThat(asked.get(0).header("content-type").orElseThrow()).startsWith("application/json");
    }
  }

  @Test
  void a_keeper_lets_the_runs_of_an_engine_in() {
    OAuth2 scheme = OAuth2.clientCredentials(server.tokenEndpoint()).build();
    OAuthClient client =
        client(scheme, registered().secret(() -> Secret.of(FakeAuthServer.CLIENT_SECRET)));
    client.connect(KEY, Map.of());
    api.before(number -> endAccessAt(number == 3));
    try (Store store = MemoryStore.open();
        Corpusync engine =
            Corpusync.builder(store)
                .connector(new TwoListings(scheme))
                .apis(http)
                .time(time)
                .build()) {
      engine.connect(
          KEY, "things", Map.of("base_url", api.url().toString()), client.keeper(KEY, Map.of()));
      Run run = engine.sync(KEY);
      assertThat(run.state()).as(run.message()).isEqualTo(Run.State.SUCCEEDED);
      assertThat(run.counts().stored()).isEqualTo(24);
      assertThat(server.renewals()).as("the first token, and one renewal").isEqualTo(2);
      client.disconnect(KEY, Map.of());
      Run without = engine.resync(KEY);
      assertThat(without.state()).isEqualTo(Run.State.FAILED);
      assertThat(without.message()).contains("Connect it");
      assertThat(store.corpus().documentsAfter(KEY, Optional.empty(), 500)).hasSize(24);
    }
  }

  private void endAccessAt(boolean now) {
    if (now) {
      server.endAccess();
    }
  }

  @Test
  void a_token_that_is_signed_for_each_request() {
    try (FakeServer ghost =
        FakeServer.serving(
            request ->
                Optional.of(
                    FakeReply.json("{\"data\":[]}")
                        .withStatus(
                            request.header("authorization").orElse("").startsWith("Ghost ey")
                                ? 200
                                : 401)))) {
      AuthScheme scheme =
          SelfSignedJwt.with(JwtSigner::hs256)
              .sent(
                  jwt -> Authorization.header("Authorization", Secret.of("Ghost " + jwt.reveal())));
      assertThat(
              http.open(
                      KEY,
                      ghost.url(),
                      scheme.authorizer(() -> Secret.of("0123456789abcdef"), time::now))
                  .send(Call.get("/x"))
                  .status())
          .isEqualTo(200);
    }
  }
}
