package dev.corpusync.engine;

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
import java.util.Optional;

/** Fetches the choices of a connector's settings from its API. */
record FetchedOptions(Connector connector, Settings soFar) {
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
