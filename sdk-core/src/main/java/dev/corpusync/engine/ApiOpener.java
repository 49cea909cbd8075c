package dev.corpusync.engine;

import dev.corpusync.auth.Authorizer;
import dev.corpusync.auth.CredentialSupplier;
import dev.corpusync.connection.Connection;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.connection.Descriptor;
import dev.corpusync.connection.Settings;
import dev.corpusync.connector.Connector;
import dev.corpusync.extract.Api;
import dev.corpusync.extract.ApiConfig;
import dev.corpusync.extract.ApiFactory;
import dev.corpusync.sync.RequestListener;
import dev.corpusync.sync.Time;

/** Opens the API client of a connection, with its address, authorizer and request listener. */
record ApiOpener(ApiFactory apis, Time time, RequestListener listener) {
  Api open(Connection connection, Connector connector, CredentialSupplier secret) {
    return open(connection.key(), connector.descriptor(), connection.settings(), secret);
  }

  Api open(ConnectionKey key, Descriptor descriptor, Settings settings, CredentialSupplier secret) {
    return apis.open(config(key, descriptor, settings, secret).build());
  }

  /** Opens the client of one run, whose id its request events carry. */
  Api openForRun(
      String run, Connection connection, Connector connector, CredentialSupplier secret) {
    return apis.open(
        config(connection.key(), connector.descriptor(), connection.settings(), secret)
            .run(run)
            .build());
  }

  private ApiConfig.Builder config(
      ConnectionKey key, Descriptor descriptor, Settings settings, CredentialSupplier secret) {
    secret.bind(descriptor.secretOrigin(settings));
    Authorizer authorizer =
        descriptor.auth().stream()
            .findFirst()
            .map(scheme -> scheme.authorizer(secret, time::now))
            .orElseGet(Authorizer::none);
    return ApiConfig.builder(key, descriptor.baseUrl(settings), authorizer)
        .requestListener(listener);
  }
}
