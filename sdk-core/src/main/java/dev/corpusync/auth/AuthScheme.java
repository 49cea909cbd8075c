package dev.corpusync.auth;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Locale;
import java.util.function.Function;

/**
 * How a connector's API lets requests in. Connectors declare schemes and never see a secret.
 *
 * @since 0.1
 */
public interface AuthScheme {
  /** Names the scheme in descriptions and messages. */
  String name();

  /** What a person is asked for; the name where it says nothing better. */
  default String title() {
    return name();
  }

  /**
   * With a secret that the host supplies; nothing of it is kept.
   *
   * @param clock for a scheme that signs what expires
   */
  Authorizer authorizer(CredentialSupplier credentials, InstantSource clock);

  /** By the machine's clock: for a client that is opened without an engine. */
  default Authorizer authorizer(CredentialSupplier credentials) {
    return authorizer(credentials, InstantSource.system());
  }

  /** {@code Authorization: Bearer …}. */
  static AuthScheme bearer() {
    return custom("bearer", "Access token", Authorization::bearer);
  }

  /** A key in a header of the API's own. */
  static AuthScheme apiKey(String header) {
    return custom(
        "api-key:" + header.toLowerCase(Locale.ROOT),
        "API key",
        key -> Authorization.header(header, key));
  }

  /** A key in the query, where proxies log it: only for an API that takes it nowhere else. */
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

  /** Whatever else an API makes of one secret; a pure function. */
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
