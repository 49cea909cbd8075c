package dev.corpusync.testkit.auth;

import dev.corpusync.auth.OAuth2;
import dev.corpusync.auth.TokenEndpoint;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.extract.ApiFactory;
import dev.corpusync.oauth.OAuthClient;
import dev.corpusync.oauth.Registration;
import dev.corpusync.store.Secrets;
import dev.corpusync.sync.Time;
import dev.corpusync.vault.KeyProvider;
import dev.corpusync.vault.Vault;
import java.net.URI;
import java.util.random.RandomGenerator;

/**
 * What one process has: its own view of the shared secrets, its own HTTP clients and random
 * generator.
 *
 * @param api the address of an API that accepts every valid access token
 * @since 0.1
 */
public record AuthProcess(
    ConnectionKey key,
    OAuth2 scheme,
    Registration registration,
    Secrets secrets,
    KeyProvider keys,
    TokenEndpoint endpoint,
    ApiFactory apis,
    URI api,
    Time time,
    RandomGenerator random) {
  public Vault vault() {
    return Vault.of(secrets, keys);
  }

  /** The client of this SDK, for a process with all that. */
  public OAuthClient client() {
    return OAuthClient.builder(scheme, registration, vault(), endpoint)
        .time(time)
        .random(random)
        .build();
  }
}
