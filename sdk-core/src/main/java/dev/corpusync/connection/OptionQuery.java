package dev.corpusync.connection;

import java.util.Optional;

/**
 * A query for the options of a fetched setting.
 *
 * @param search what was typed so far; where it is empty, all of them
 * @param page from {@link OptionPage#next}; empty for the first
 * @since 0.1
 */
public record OptionQuery(String setting, Optional<String> search, Optional<String> page) {
  public static OptionQuery of(Setting<?> setting) {
    return of(setting.name());
  }

  public static OptionQuery of(String setting) {
    return new OptionQuery(setting, Optional.empty(), Optional.empty());
  }

  public OptionQuery search(String typed) {
    return new OptionQuery(setting, Optional.of(typed), page);
  }

  public OptionQuery page(String from) {
    return new OptionQuery(setting, search, Optional.of(from));
  }
}
