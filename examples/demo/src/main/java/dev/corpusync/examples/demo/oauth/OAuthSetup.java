package dev.corpusync.examples.demo.oauth;

import dev.corpusync.auth.Secret;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.engine.Corpusync;
import dev.corpusync.error.CorpusyncException;
import dev.corpusync.examples.keycloak.Administrator;
import dev.corpusync.examples.keycloak.Introspection;
import dev.corpusync.examples.keycloak.KeycloakServer;
import dev.corpusync.examples.keycloak.Person;
import dev.corpusync.feed.Change;
import dev.corpusync.http.HttpClients;
import dev.corpusync.oauth.OAuthClient;
import dev.corpusync.oauth.Registration;
import dev.corpusync.relational.RelationalStore;
import dev.corpusync.store.Store;
import dev.corpusync.sync.RunListener;
import dev.corpusync.testkit.fake.FakeServer;
import dev.corpusync.vault.KeyProvider;
import dev.corpusync.vault.SealingKey;
import dev.corpusync.vault.Vault;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What the demo runs with: Keycloak, an API behind it, the host with its database, and Alice. */
final class OAuthSetup implements AutoCloseable {
  static final ConnectionKey KEY = new ConnectionKey("corpusync-demo", "notes");
  static final String APPLICATION = "notes-host";
  private static final String APPLICATION_SECRET = "secret-of-acme-search-9d2a &+%=ü";
  private static final String PASSWORD = "alice-password";
  private static final URI REGISTERED = URI.create("http://127.0.0.1/back");
  private static final URI BACK = URI.create("http://127.0.0.1:49152/back");
  final KeycloakServer keycloak;
  final Introspection introspection;
  final Administrator administrator;
  final FakeServer api;
  final Store store;
  final Corpusync corpusync;
  final OAuthClient client;
  final RecordingTokenEndpoint tokenEndpoint;
  final Facts facts = new Facts();
  final Person alice = new Person("alice", PASSWORD);
  final Secret session = Secret.of("session-" + UUID.randomUUID());
  final Map<String, String> settings;
  final List<Change> changes = new ArrayList<>();
  final List<Throwable> failures = new ArrayList<>();
  private final KeyProvider keys;
  private final HttpClients http = HttpClients.builder().build();

  /** Writes {@code corpus.db} with its side files, and {@code keys}, into the folder. */
  OAuthSetup(KeycloakServer keycloak, Path folder, RunListener progress) {
    this.keycloak = keycloak;
    introspection = new Introspection(keycloak);
    administrator = new Administrator(keycloak);
    Path keyFile = folder.resolve(SecretScan.KEY_FILE);
    SealingKey.generate().appendTo(keyFile);
    keys = KeyProvider.file(keyFile);
    store = RelationalStore.sqlite(folder.resolve("corpus.db"));
    api = FakeServer.serving(new NotesApi(introspection));
    settings = Map.of("base_url", api.url().toString(), "sign_in", keycloak.url().toString());
    tokenEndpoint = new RecordingTokenEndpoint(http.tokenEndpoint());
    tokenEndpoint.remember("password", Secret.of(PASSWORD));
    tokenEndpoint.remember("client secret", Secret.of(APPLICATION_SECRET));
    tokenEndpoint.remember("browser session", session);
    client =
        OAuthClient.builder(
                Notes.CONSENT,
                Registration.of(APPLICATION)
                    .secret(() -> Secret.of(APPLICATION_SECRET))
                    .redirects(REGISTERED),
                Vault.of(store.secrets(), keys),
                tokenEndpoint)
            .build();
    corpusync = engine(progress);
    corpusync.changes(KEY.tenant(), "search").deliver(changes::add);
  }

  /** Opens one more engine on the same store; the caller closes it. */
  Corpusync engine(RunListener listener) {
    return Corpusync.builder(store)
        .connector(new Notes())
        .vault(keys)
        .listener(listener)
        .parallelism(1)
        .build();
  }

  /** The URL to which Alice's browser is redirected. */
  URI begin() {
    return client.begin(KEY, settings, BACK, session);
  }

  /** Returns the exception of an attempt; empty when it succeeds or fails with another type. */
  <E extends CorpusyncException> Optional<E> failure(Class<E> type, Runnable attempt) {
    try {
      attempt.run();
      return Optional.empty();
    } catch (CorpusyncException e) {
      failures.add(e);
      return Optional.of(e).filter(type::isInstance).map(type::cast);
    }
  }

  /** Whether the store has sealed tokens. */
  boolean hasTokens() {
    return store.secrets().find(KEY, "oauth.tokens").isPresent();
  }

  /** The number of sealed secrets of the connection. */
  long sealed() {
    // No key is called "", so every value is sealed by another one.
    return store.secrets().sealedByOthers("", 100).stream()
        .filter(s -> s.key().equals(KEY))
        .count();
  }

  int documents() {
    return store.corpus().documentsAfter(KEY, Optional.empty(), 1_000).size();
  }

  /** Whether Keycloak still accepts the newest access token. */
  boolean isTokenActive() throws java.io.IOException, InterruptedException {
    return introspection
        .of(tokenEndpoint.last("access_token").reveal())
        .path("active")
        .asBoolean(false);
  }

  /** Delivers the changes of the feed up to now. */
  void deliver() {
    corpusync.changes(KEY.tenant(), "search").deliver(changes::add);
  }

  @Override
  public void close() {
    corpusync.close();
    http.close();
    api.close();
    store.close();
  }
}
