package dev.corpusync.engine;

import dev.corpusync.auth.CredentialSupplier;
import dev.corpusync.connection.Configuration;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.connection.Descriptor;
import dev.corpusync.connection.OptionPage;
import dev.corpusync.connection.OptionQuery;
import dev.corpusync.connection.Settings;
import dev.corpusync.connector.Connector;
import dev.corpusync.connector.HasOptions;
import dev.corpusync.error.InvalidConfigurationException;
import dev.corpusync.extract.Api;
import dev.corpusync.extract.At;
import dev.corpusync.extract.OptionListing;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Fetches the choices of a connector's settings from its API. */
record FetchedOptions(Connector connector, Settings soFar) {
  /**
   * Fetches one page of the choices of a setting.
   *
   * @param soFar the settings that are filled in already
   */
  static OptionPage page(
      Connector connector,
      ApiOpener opener,
      ConnectionKey key,
      Map<String, String> soFar,
      CredentialSupplier secret,
      OptionQuery query) {
    Descriptor descriptor = connector.descriptor();
    Settings given = Configuration.soFar(descriptor.settings(), soFar).settings();
    return new FetchedOptions(connector, given)
        .page(opener.open(key, descriptor, given, secret), query);
  }

  OptionPage page(Api api, OptionQuery query) {
    return listing(query.setting()).page(api, At.of(soFar, Optional.empty()), query);
  }

  private OptionListing listing(String setting) {
    List<OptionListing> all = connector instanceof HasOptions with ? with.options() : List.of();
    return all.stream()
        .filter(options -> options.setting().equals(setting))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidConfigurationException(
                    setting,
                    "has no choices that connector '"
                        + connector.descriptor().id()
                        + "' could fetch"));
  }
}
