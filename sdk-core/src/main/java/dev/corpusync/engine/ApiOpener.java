package dev.corpusync.engine;

import dev.corpusync.auth.Authorizer;
import dev.corpusync.auth.CredentialSupplier;
import dev.corpusync.connection.Connection;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.connection.Descriptor;
import dev.corpusync.connection.Settings;
import dev.corpusync.connector.Connector;
import dev.corpusync.extract.Api;
import dev.corpusync.extract.ApiFactory;
import dev.corpusync.sync.Time;

/** Opens the API client of a connection, with its address and its authorizer. */
record ApiOpener(ApiFactory apis, Time time) {
  Api open(Connection connection, Connector connector, CredentialSupplier secret) {
    return open(connection.key(), connector.descriptor(), connection.settings(), secret);
  }

  Api open(ConnectionKey key, Descriptor descriptor, Settings settings, CredentialSupplier secret) {
    return apis.open(
        key,
        descriptor.baseUrl(settings),
        descriptor.auth().stream()
            .findFirst()
            .map(scheme -> scheme.authorizer(secret, time::now))
            .orElseGet(Authorizer::none));
  }
}
