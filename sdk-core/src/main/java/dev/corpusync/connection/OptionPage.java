package dev.corpusync.connection;

import java.util.List;
import java.util.Optional;

/**
 * One page of the options of a fetched setting. A closed value.
 *
 * @param next the cursor of the next page; empty when this is the last
 * @since 0.1
 */
public record OptionPage(List<Option> options, Optional<String> next) {
  public OptionPage {
    options = List.copyOf(options);
  }
}
