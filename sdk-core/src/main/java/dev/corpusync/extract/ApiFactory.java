package dev.corpusync.extract;

import dev.corpusync.auth.Authorizer;
import dev.corpusync.connection.ConnectionKey;
import java.net.URI;

/**
 * Makes the HTTP client of a connection. The package {@code http} implements it; a test may wrap
 * it.
 */
public interface ApiFactory extends AutoCloseable {
  /**
   * Makes a client.
   *
   * @param authorizer authorises each request, and is told when its credential was rejected
   */
  Api open(ConnectionKey key, URI baseUrl, Authorizer authorizer);

  @Override
  void close();
}
