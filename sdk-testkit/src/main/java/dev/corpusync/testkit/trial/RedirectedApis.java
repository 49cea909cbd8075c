package dev.corpusync.testkit.trial;

import dev.corpusync.extract.Api;
import dev.corpusync.extract.ApiConfig;
import dev.corpusync.extract.ApiFactory;
import java.net.URI;

/** Clients that reach one server where they are told another. */
record RedirectedApis(ApiFactory clients, URI front, URI back) implements ApiFactory {
  @Override
  public Api open(ApiConfig config) {
    String behind = config.baseUrl().toString().replace(front.toString(), back.toString());
    return clients.open(config.toBuilder().baseUrl(URI.create(behind)).build());
  }

  @Override
  public void close() {
    clients.close();
  }
}
