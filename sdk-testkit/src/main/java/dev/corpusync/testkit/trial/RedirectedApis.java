package dev.corpusync.testkit.trial;

import dev.corpusync.auth.Authorizer;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.extract.Api;
import dev.corpusync.extract.ApiFactory;
import java.net.URI;

/** Clients that reach one server where they are told another. */
record RedirectedApis(ApiFactory clients, URI front, URI back) implements ApiFactory {
  @Override
  public Api open(ConnectionKey key, URI baseUrl, Authorizer authorizer) {
    String behind = baseUrl.toString().replace(front.toString(), back.toString());
    return clients.open(key, URI.create(behind), authorizer);
  }

  @Override
  public void close() {
    clients.close();
  }
}
