package dev.corpusync.connection;

import java.util.List;
import java.util.Optional;

/**
 * Some choices of a fetched setting.
 *
 * @param next where the next ones are; empty when these are the last
 * @since 0.1
 */
public record OptionPage(List<Option> options, Optional<String> next) {
  public OptionPage {
    options = List.copyOf(options);
  }
}
