package dev.corpusync.extract;

import dev.corpusync.auth.AuthScheme;
import dev.corpusync.auth.CredentialSupplier;
import dev.corpusync.connection.ConnectionKey;
import java.net.URI;
import java.util.Optional;

/** Makes the client of a connection. The HTTP adapter implements it; a test may wrap it. */
public interface ApiFactory extends AutoCloseable {
  /**
   * @param scheme how the secret is sent; empty for an API without authentication
   */
  Api open(
      ConnectionKey key, URI baseUrl, Optional<AuthScheme> scheme, CredentialSupplier credentials);

  @Override
  void close();
}
