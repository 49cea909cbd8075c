package dev.corpusync.testkit.auth;

import dev.corpusync.auth.OAuth2;
import dev.corpusync.auth.Secret;
import dev.corpusync.auth.TokenEndpoint;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.extract.Api;
import dev.corpusync.http.HttpClients;
import dev.corpusync.oauth.Registration;
import dev.corpusync.store.Secrets;
import dev.corpusync.sync.Time;
import dev.corpusync.testkit.fake.FakeServer;
import dev.corpusync.testkit.time.VirtualTime;
import dev.corpusync.vault.KeyProvider;
import dev.corpusync.vault.SealingKey;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;

/** One authorization server, one API, one store of secrets, and processes that start and die. */
final class AuthFixture implements AutoCloseable {
  static final ConnectionKey KEY = new ConnectionKey("tenant_1 ü/=", "connection.1");
  static final URI REDIRECT = URI.create("http://127.0.0.1:9/back");
  static final Secret SESSION = Secret.of("session-of-the-admin");
  private static final long SEED = 20260301;
  private static final SealingKey SEALING = SealingKey.of("k1", new byte[32]);
  private static final KeyProvider KEYS =
      new KeyProvider() {
        @Override
        public SealingKey current() {
          return SEALING;
        }

        @Override
        public Optional<SealingKey> find(String id) {
          return id.equals(SEALING.id()) ? Optional.of(SEALING) : Optional.empty();
        }
      };
  private final AuthSubject subject;
  private final Secrets secrets;
  private final Time time;
  private final FakeAuthServer server;
  private final FakeServer api;
  private final List<HttpClients> clients = new ArrayList<>();
  private final UnaryOperator<OAuth2.Builder> scheme;
  private final TwoListingsApi things = new TwoListingsApi();
  private String clientSecret = FakeAuthServer.CLIENT_SECRET;

  AuthFixture(AuthSubject subject, Secrets secrets, Time time) {
    this(subject, secrets, time, builder -> builder);
  }

  AuthFixture(
      AuthSubject subject, Secrets secrets, Time time, UnaryOperator<OAuth2.Builder> scheme) {
    this.subject = subject;
    this.secrets = secrets;
    this.time = time;
    this.scheme = scheme;
    server = FakeAuthServer.start(time);
    api = FakeServer.serving(server.guarding(things));
  }

  FakeAuthServer server() {
    return server;
  }

  AuthFixture clientSecret(String secret) {
    clientSecret = secret;
    server.clientSecret(secret);
    return this;
  }

  FakeServer api() {
    return api;
  }

  TwoListingsApi things() {
    return things;
  }

  VirtualTime clock() {
    return (VirtualTime) time;
  }

  /** A new process, with sockets of its own. */
  AuthProcess process() {
    return process(secrets, endpoint -> endpoint);
  }

  /** One that sees the secrets, and reaches the authorization server, as told. */
  AuthProcess process(Secrets seen, UnaryOperator<TokenEndpoint> reached) {
    // Two processes with one chance would claim as one.
    Random random = new Random(SEED + clients.size());
    HttpClients own =
        HttpClients.builder()
            .time(time)
            .random(random)
            .timeouts(Duration.ofSeconds(2), Duration.ofMillis(500), Duration.ofSeconds(5))
            .retries(0)
            .build();
    clients.add(own);
    OAuth2 spoken =
        scheme
            .apply(
                OAuth2.authorizationCode(server.authorizationEndpoint(), server.tokenEndpoint())
                    .revocationEndpoint(server.revocationEndpoint())
                    .scopes("things:read"))
            .build();
    Registration registration =
        Registration.of(FakeAuthServer.CLIENT_ID)
            .secret(() -> Secret.of(clientSecret))
            .redirects(REDIRECT);
    return new AuthProcess(
        KEY,
        spoken,
        registration,
        seen,
        KEYS,
        reached.apply(own.tokenEndpoint()),
        own,
        api.url(),
        time,
        random);
  }

  /** The account is connected by a first process, which then ends. */
  AuthFixture connected() {
    connect(process());
    return this;
  }

  void connect(AuthProcess process) {
    URI back = server.visit(subject.begin(process, REDIRECT, SESSION));
    subject.complete(process, back, SESSION);
  }

  Api open() {
    return subject.open(process());
  }

  Api open(AuthProcess process) {
    return subject.open(process);
  }

  AuthSubject subject() {
    return subject;
  }

  Secrets secrets() {
    return secrets;
  }

  @Override
  public void close() {
    clients.forEach(HttpClients::close);
    api.close();
    server.close();
  }
}
