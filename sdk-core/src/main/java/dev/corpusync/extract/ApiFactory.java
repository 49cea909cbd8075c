package dev.corpusync.extract;

import dev.corpusync.auth.Authorizer;
import dev.corpusync.connection.ConnectionKey;
import java.net.URI;

/** Makes the client of a connection. The HTTP adapter implements it; a test may wrap it. */
public interface ApiFactory extends AutoCloseable {
  /**
   * @param authorizer asked before each request, and told when what it gave was refused
   */
  Api open(ConnectionKey key, URI baseUrl, Authorizer authorizer);

  @Override
  void close();
}
