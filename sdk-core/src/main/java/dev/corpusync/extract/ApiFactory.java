package dev.corpusync.extract;

import dev.corpusync.auth.Authorizer;
import dev.corpusync.connection.ConnectionKey;
import java.net.URI;

/**
 * Creates the API client of a connection. The HTTP adapter implements it; a test may wrap it. Safe
 * for many threads.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface ApiFactory extends AutoCloseable {
  /**
   * Opens a client for one run, or for one question outside a run. Opening makes no request.
   *
   * @throws dev.corpusync.error.InvalidConfigurationException when the base URL cannot be used
   */
  Api open(ApiConfig config);

  /**
   * Opens a client outside a run, without request listeners.
   *
   * @param authorizer asked before each request, and told when what it gave was refused
   */
  default Api open(ConnectionKey key, URI baseUrl, Authorizer authorizer) {
    return open(ApiConfig.builder(key, baseUrl, authorizer).build());
  }

  /** Ends the calls under way and releases what the clients share. Does nothing by default. */
  @Override
  default void close() {}
}
