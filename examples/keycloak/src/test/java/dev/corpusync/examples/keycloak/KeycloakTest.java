package dev.corpusync.examples.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corpusync.auth.ClientAuthentication;
import dev.corpusync.auth.JwtSigner;
import dev.corpusync.auth.OAuth2;
import dev.corpusync.auth.Secret;
import dev.corpusync.auth.TokenEndpoint;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.error.AuthorizationFailedException;
import dev.corpusync.error.AuthorizationFailedException.Reason;
import dev.corpusync.error.CredentialsRejectedException;
import dev.corpusync.extract.Api;
import dev.corpusync.extract.Call;
import dev.corpusync.http.HttpClients;
import dev.corpusync.memory.MemoryStore;
import dev.corpusync.oauth.OAuthClient;
import dev.corpusync.oauth.Registration;
import dev.corpusync.oauth.TokenKeeper;
import dev.corpusync.store.Secrets;
import dev.corpusync.vault.KeyProvider;
import dev.corpusync.vault.SealingKey;
import dev.corpusync.vault.Vault;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Tests OAuth against a real authorization server: Keycloak, with rotation of refresh tokens and
 * detection of their reuse. Runs with {@code -Pkeycloak}.
 */
@EnabledIfSystemProperty(named = "corpusync.keycloak", matches = ".+")
class KeycloakTest {
  private static final ConnectionKey KEY = new ConnectionKey("acme_1", "drive.1");
  private static final Secret SESSION = Secret.of("session-of-the-admin");
  // Registered without a port; a desktop host uses any free one.
  private static final URI REDIRECT = URI.create("http://127.0.0.1:49152/back");
  private static final Map<String, String> SETTINGS = new HashMap<>();
  private static KeyPair key;
  private static KeycloakServer server;
  private final Secrets secrets = MemoryStore.open().secrets();
  private final HttpClients http = HttpClients.builder().build();
  private final List<Secret> refreshTokensSent = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    key = generator.generateKeyPair();
    server =
        KeycloakServer.start(
            Path.of(System.getProperty("corpusync.keycloak")),
            jwks((ECPublicKey) key.getPublic()),
            said -> {});
    SETTINGS.put("base_url", server.url().toString());
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void a_person_connects_and_the_tokens_rotate() throws Exception {
    OAuthClient client = host();
    assertThat(connect(client).scopes()).contains("email", "profile");
    TokenKeeper keeper = client.keeper(KEY, SETTINGS);
    assertThat(whoAmI(keeper)).isEqualTo("alice");
    for (int i = 0; i < 5; i++) {
      assertThat(keeper.renew(keeper.authorize())).isTrue();
      assertThat(whoAmI(keeper)).isEqualTo("alice");
    }
    assertThat(refreshTokensSent.stream().map(Secret::reveal).distinct()).hasSize(5);
  }

  @Test
  void a_reused_refresh_token_disconnects_and_connecting_again_repairs_it() throws Exception {
    OAuthClient client = host();
    connect(client);
    TokenKeeper keeper = client.keeper(KEY, SETTINGS);
    int thefts = 0;
    // Keycloak ends the session a moment after it has answered, so the first theft may go
    // unpunished.
    do {
      keeper.renew(keeper.authorize());
      TokenEndpoint.Answer answer = replayed(refreshTokensSent.get(refreshTokensSent.size() - 1));
      assertThat(answer.status()).as("an old refresh token").isEqualTo(400);
      assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("invalid_grant");
    } while (++thefts < 10 && rejection(keeper).isEmpty());
    for (int again = 0; again < 2; again++) {
      assertThat(rejection(keeper)).as("after %s thefts", thefts).contains("Reconnect");
    }
    connect(client);
    assertThat(whoAmI(keeper)).isEqualTo("alice");
    assertThat(keeper.renew(keeper.authorize())).isTrue();
  }

  @Test
  void an_ended_session_is_reported() throws Exception {
    OAuthClient client = host();
    connect(client);
    TokenKeeper keeper = client.keeper(KEY, SETTINGS);
    keeper.renew(keeper.authorize());
    OAuthClient elsewhere = host();
    assertThat(elsewhere.disconnect(new ConnectionKey("other", "other"), SETTINGS)).isTrue();
    assertThat(whoAmI(keeper)).isEqualTo("alice");
    assertThat(client.disconnect(KEY, SETTINGS)).isTrue();
    assertThatThrownBy(() -> whoAmI(keeper))
        .isInstanceOf(CredentialsRejectedException.class)
        .hasMessageContaining("Connect");
  }

  @Test
  void two_clients_in_four_threads_renew_two_hundred_times() throws Exception {
    connect(host());
    List<TokenKeeper> keepers = List.of(host().keeper(KEY, SETTINGS), host().keeper(KEY, SETTINGS));
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      while (refreshTokensSent.size() < 200) {
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          TokenKeeper keeper = keepers.get(i % 2);
          all.add(
              threads.submit(
                  () -> {
                    for (int n = 0; n < 20; n++) {
                      assertThat(keeper.renew(keeper.authorize())).isTrue();
                    }
                  }));
        }
        for (Future<?> one : all) {
          one.get();
        }
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(whoAmI(keepers.get(0))).isEqualTo("alice");
    System.out.println("renewals at Keycloak: " + refreshTokensSent.size() + ", none lost");
  }

  @Test
  void a_redirect_with_another_issuer_is_refused() throws Exception {
    OAuthClient client = host();
    URI back =
        new Person("alice", "alice-password").visit(client.begin(KEY, SETTINGS, REDIRECT, SESSION));
    URI other = URI.create(back.toString().replaceAll("iss=[^&]*", "iss=https%3A%2F%2Fid.example"));
    assertThat(other).isNotEqualTo(back);
    assertThatThrownBy(() -> client.complete(other, SESSION))
        .isInstanceOfSatisfying(
            AuthorizationFailedException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.ELSEWHERE));
  }

  @Test
  void a_consent_that_an_administrator_revokes_is_lost() throws Exception {
    OAuthClient client =
        client(scheme(), application("notes-host", "secret-of-acme-search-9d2a &+%=ü"));
    Person alice = new Person("alice", "alice-password");
    URI refused = alice.refuse(client.begin(KEY, SETTINGS, REDIRECT, SESSION));
    assertThat(alice.forms()).containsExactly("login", "consent");
    assertThatThrownBy(() -> client.complete(refused, SESSION))
        .isInstanceOfSatisfying(
            AuthorizationFailedException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.DENIED));
    client.complete(alice.visit(client.begin(KEY, SETTINGS, REDIRECT, SESSION)), SESSION);
    assertThat(alice.forms()).contains("consent");
    TokenKeeper keeper = client.keeper(KEY, SETTINGS);
    Introspection asked = new Introspection(server);
    assertThat(asked.of(keeper.get().reveal()).path("username").stringValue()).isEqualTo("alice");
    new Administrator(server).takeBackConsent("alice", "notes-host");
    assertThat(asked.of(keeper.get().reveal()).path("active").booleanValue()).isFalse();
    assertThatThrownBy(() -> keeper.renew(keeper.authorize()))
        .isInstanceOf(CredentialsRejectedException.class)
        .hasMessageContaining("Reconnect");
  }

  @Test
  void a_code_is_single_use_and_bound_to_its_attempt() throws Exception {
    OAuthClient client = host();
    URI first = client.begin(KEY, SETTINGS, REDIRECT, SESSION);
    URI stolen = new Person("alice", "alice-password").visit(first);
    URI mine =
        new Person("alice", "alice-password").visit(client.begin(KEY, SETTINGS, REDIRECT, SESSION));
    String code = stolen.getRawQuery().replaceAll("(?:.*&)?code=([^&]*).*", "$1");
    URI mixed = URI.create(mine.toString().replaceAll("code=[^&]*", "code=" + code));
    assertThatThrownBy(() -> client.complete(mixed, SESSION))
        .isInstanceOfSatisfying(
            AuthorizationFailedException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.CODE_REFUSED));
  }

  @Test
  void an_application_authenticates_with_a_secret_and_with_a_key() {
    OAuth2 withSecret =
        OAuth2.clientCredentials("{base_url}/protocol/openid-connect/token")
            .uncheckedScopes("openid")
            .build();
    Registration host = Registration.of("host").secret(() -> Secret.of("host-secret &+%=ü"));
    assertThat(connectedAlone(withSecret, host)).isEqualTo("service-account-host");
    OAuth2 withKey =
        OAuth2.clientCredentials("{base_url}/protocol/openid-connect/token")
            .uncheckedScopes("openid")
            .client(ClientAuthentication.PRIVATE_KEY_JWT)
            .build();
    String pem =
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(key.getPrivate().getEncoded())
            + "\n-----END PRIVATE KEY-----";
    Registration keyed =
        Registration.of("host-with-key")
            .signer(() -> JwtSigner.es256(Secret.of(pem)).keyId("test-key"));
    assertThat(connectedAlone(withKey, keyed)).isEqualTo("service-account-host-with-key");
  }

  @Test
  void a_wrong_secret_is_reported_as_a_fault_of_the_registration() {
    OAuth2 scheme = OAuth2.clientCredentials("{base_url}/protocol/openid-connect/token").build();
    OAuthClient client = client(scheme, Registration.of("host").secret(() -> Secret.of("wrong")));
    assertThatThrownBy(() -> client.connect(KEY, SETTINGS))
        .isInstanceOfSatisfying(
            AuthorizationFailedException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.REGISTRATION))
        .hasMessageNotContaining("wrong");
  }

  private String connectedAlone(OAuth2 scheme, Registration registration) {
    OAuthClient client = client(scheme, registration);
    client.connect(KEY, SETTINGS);
    TokenKeeper keeper = client.keeper(KEY, SETTINGS);
    assertThat(keeper.renew(keeper.authorize())).isTrue();
    return whoAmI(keeper);
  }

  private static String rejection(TokenKeeper keeper) {
    try {
      keeper.renew(keeper.authorize());
      return "";
    } catch (CredentialsRejectedException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private OAuthClient.Connected connect(OAuthClient client) throws Exception {
    URI url = client.begin(KEY, SETTINGS, REDIRECT, SESSION);
    return client.complete(new Person("alice", "alice-password").visit(url), SESSION);
  }

  private String whoAmI(TokenKeeper keeper) {
    Api api = http.open(KEY, server.url(), keeper);
    String path = "/protocol/openid-connect/userinfo";
    return api.send(Call.get(path)).json().text("preferred_username");
  }

  private TokenEndpoint.Answer replayed(Secret refresh) throws Exception {
    String pair =
        Base64.getEncoder()
            .encodeToString("host:host-secret+%26%2B%25%3D%C3%BC".getBytes(StandardCharsets.UTF_8));
    return http.tokenEndpoint()
        .post(
            URI.create(server.url() + "/protocol/openid-connect/token"),
            Map.of("Authorization", Secret.of("Basic " + pair)),
            List.of(
                new TokenEndpoint.Field("grant_type", Secret.of("refresh_token")),
                new TokenEndpoint.Field("refresh_token", refresh)));
  }

  private OAuthClient host() {
    return client(scheme(), application("host", "host-secret &+%=ü"));
  }

  private static Registration application(String id, String secret) {
    return Registration.of(id)
        .secret(() -> Secret.of(secret))
        .redirects(URI.create("http://127.0.0.1/back"));
  }

  private static OAuth2 scheme() {
    String protocol = "{base_url}/protocol/openid-connect";
    return OAuth2.authorizationCode(protocol + "/auth", protocol + "/token")
        .revocationEndpoint(protocol + "/revoke")
        .issuer("{base_url}")
        .scopes("email")
        .uncheckedScopes("openid")
        .build();
  }

  private OAuthClient client(OAuth2 scheme, Registration registration) {
    TokenEndpoint endpoint = http.tokenEndpoint();
    return OAuthClient.builder(
            scheme,
            registration,
            Vault.of(secrets, keys()),
            (url, headers, form) -> {
              form.stream()
                  .filter(f -> f.name().equals("refresh_token"))
                  .forEach(f -> refreshTokensSent.add(f.value()));
              return endpoint.post(url, headers, form);
            })
        .build();
  }

  private static KeyProvider keys() {
    SealingKey sealing = SealingKey.of("k1", new byte[32]);
    return new KeyProvider() {
      @Override
      public SealingKey current() {
        return sealing;
      }

      @Override
      public Optional<SealingKey> find(String id) {
        return Optional.of(sealing);
      }
    };
  }

  private static String jwks(ECPublicKey of) {
    return "{\"keys\":[{\"kty\":\"EC\",\"kid\":\"test-key\",\"use\":\"sig\",\"alg\":\"ES256\",\"crv\":\"P-256\",\"x\":\""
        + coordinate(of.getW().getAffineX())
        + "\",\"y\":\""
        + coordinate(of.getW().getAffineY())
        + "\"}]}";
  }

  private static String coordinate(BigInteger number) {
    byte[] bytes = number.toByteArray();
    byte[] fixed = new byte[32];
    int length = Math.min(32, bytes.length);
    System.arraycopy(bytes, bytes.length - length, fixed, 32 - length, length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(fixed);
  }
}
