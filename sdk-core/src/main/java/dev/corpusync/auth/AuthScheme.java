package dev.corpusync.auth;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * How requests to a connector's API are authenticated. Connectors declare schemes and never see a
 * secret.
 *
 * @since 0.1
 */
public interface AuthScheme {
  /** Returns the name of the scheme, for descriptions and messages. */
  String name();

  /** Returns what a person is asked to enter, such as "API token"; by default the name. */
  default String title() {
    return name();
  }

  /**
   * Returns the addresses beside the base URL that secrets are sent to, such as a token endpoint,
   * as far as these settings name them. None by default.
   */
  default Set<URI> secretEndpoints(Map<String, String> settings) {
    return Set.of();
  }

  /**
   * Returns an authorizer for a secret that the host supplies; nothing of it is kept.
   *
   * @param clock for a scheme that signs what expires
   */
  Authorizer authorizer(CredentialSupplier credentials, InstantSource clock);

  /**
   * Returns an authorizer that uses the system clock, for a client that is opened without an
   * engine.
   */
  default Authorizer authorizer(CredentialSupplier credentials) {
    return authorizer(credentials, InstantSource.system());
  }

  /** {@code Authorization: Bearer …}. */
  static AuthScheme bearer() {
    return custom("bearer", "Access token", Authorization::bearer);
  }

  /** An API key in a header. */
  static AuthScheme apiKey(String header) {
    return custom(
        "api-key:" + header.toLowerCase(Locale.ROOT),
        "API key",
        key -> Authorization.header(header, key));
  }

  /**
   * An API key in the query, where proxies log it: only for an API that accepts it nowhere else.
   */
  static AuthScheme apiKeyInQuery(String parameter) {
    return custom(
        "api-key-query:" + parameter, "API key", key -> Authorization.query(parameter, key));
  }

  /** {@code Authorization: Basic …}; the secret is {@code user:password}. */
  static AuthScheme basic() {
    return custom(
        "basic",
        "User name and password",
        s -> {
          byte[] plain = s.reveal().getBytes(StandardCharsets.UTF_8);
          String encoded = Base64.getEncoder().encodeToString(plain);
          return Authorization.header("Authorization", Secret.of("Basic " + encoded));
        });
  }

  /** Any other way to authenticate with one secret; the function must be pure. */
  static AuthScheme custom(String name, String title, Function<Secret, Authorization> sent) {
    return new AuthScheme() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public String title() {
        return title;
      }

      @Override
      public Authorizer authorizer(CredentialSupplier credentials, InstantSource clock) {
        return () -> sent.apply(credentials.get());
      }
    };
  }
}
