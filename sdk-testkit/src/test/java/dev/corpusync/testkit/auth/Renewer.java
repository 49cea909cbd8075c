package dev.corpusync.testkit.auth;

import dev.corpusync.auth.Authorization;
import dev.corpusync.auth.OAuth2;
import dev.corpusync.auth.Secret;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.http.HttpClients;
import dev.corpusync.oauth.OAuthClient;
import dev.corpusync.oauth.Registration;
import dev.corpusync.oauth.TokenKeeper;
import dev.corpusync.relational.RelationalStore;
import dev.corpusync.store.Secrets;
import dev.corpusync.store.Store;
import dev.corpusync.vault.KeyProvider;
import dev.corpusync.vault.SealingKey;
import dev.corpusync.vault.Vault;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.postgresql.ds.PGPoolingDataSource;

/** A process whose API always refuses, in several threads, so that it renews all the time. */
final class Renewer implements AutoCloseable {
  static final ConnectionKey KEY = new ConnectionKey("acme", "crm");
  static final URI REDIRECT = URI.create("http://127.0.0.1:9/back");
  private final HttpClients http = HttpClients.builder().build();
  private final OAuthClient client;

  /**
   * @param server the address of a {@link FakeAuthServer}
   */
  Renewer(Secrets secrets, URI server) {
    OAuth2 scheme =
        OAuth2.authorizationCode(server + "/authorize", server + "/token")
            .scopes("things:read")
            .build();
    Registration registration =
        Registration.of(FakeAuthServer.CLIENT_ID)
            .secret(() -> Secret.of(FakeAuthServer.CLIENT_SECRET))
            .redirects(REDIRECT);
    client =
        OAuthClient.builder(scheme, registration, Vault.of(secrets, keys()), http.tokenEndpoint())
            .build();
  }

  OAuthClient client() {
    return client;
  }

  /** Renews whatever it is given, so often in each thread; any failure ends it. */
  void run(int threads, int times) throws InterruptedException, ExecutionException {
    TokenKeeper keeper = client.keeper(KEY, Map.of());
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        all.add(pool.submit(() -> renew(keeper, times)));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private static void renew(TokenKeeper keeper, int times) {
    for (int i = 0; i < times; i++) {
      Authorization refused = keeper.authorize();
      if (!keeper.renew(refused)) {
        throw new IllegalStateException("there was nothing to renew with");
      }
    }
  }

  private static KeyProvider keys() {
    SealingKey key = SealingKey.of("k1", new byte[32]);
    return new KeyProvider() {
      @Override
      public SealingKey current() {
        return key;
      }

      @Override
      public Optional<SealingKey> find(String id) {
        return Optional.of(key);
      }
    };
  }

  /** With a pool: a store opens a connection for each question. */
  @SuppressWarnings("deprecation")
  static Store store(String database) {
    if (!database.startsWith("jdbc:")) {
      return RelationalStore.sqlite(Path.of(database));
    }
    PGPoolingDataSource source = new PGPoolingDataSource();
    source.setMaxConnections(4);
    source.setUrl(database);
    return RelationalStore.open(source);
  }

  /**
   * A process of its own.
   *
   * @param arguments the database, the server, and how often each thread renews
   */
  public static void main(String[] arguments) throws Exception {
    try (Store store = store(arguments[0]);
        Renewer renewer = new Renewer(store.secrets(), URI.create(arguments[1]))) {
      renewer.run(2, Integer.parseInt(arguments[2]));
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
