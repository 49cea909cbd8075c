package dev.corpusync.extract;

import dev.corpusync.artifact.Json;
import dev.corpusync.connection.Option;
import dev.corpusync.connection.OptionPage;
import dev.corpusync.connection.OptionQuery;
import dev.corpusync.connection.Setting;
import dev.corpusync.error.ConnectorDefectException;
import dev.corpusync.error.InvalidConfigurationException;
import dev.corpusync.error.MalformedReplyException;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Where the choices of a fetched setting are listed while somebody fills in a form: a page at a
 * time, when it is asked for. Immutable.
 */
public final class OptionListing {
  private final String setting;
  private final Listing listing;
  private final Function<Json, Option> option;
  private final Optional<BiFunction<Call, String, Call>> search;

  private OptionListing(
      String setting,
      Listing listing,
      Function<Json, Option> option,
      Optional<BiFunction<Call, String, Call>> search) {
    this.setting = setting;
    this.listing = listing;
    this.option = option;
    this.search = search;
  }

  /**
   * @param listing may ask for the settings that are filled in so far
   * @param option what one record is as a choice
   */
  public static OptionListing of(
      Setting<?> setting, Listing listing, Function<Json, Option> option) {
    if (!setting.isFetched()) {
      throw new ConnectorDefectException(
          "the setting '" + setting.name() + "' has choices to fetch but is not fetched()");
    }
    return new OptionListing(setting.name(), listing, option, Optional.empty());
  }

  /** The API can look for what was typed. */
  public OptionListing searchedBy(BiFunction<Call, String, Call> typed) {
    return new OptionListing(setting, listing, option, Optional.of(typed));
  }

  public String setting() {
    return setting;
  }

  public boolean isSearchable() {
    return search.isPresent();
  }

  /**
   * Makes one request.
   *
   * @throws InvalidConfigurationException when it cannot be searched, or a setting that the listing
   *     needs is not filled in yet
   */
  public OptionPage page(Api api, At at, OptionQuery query) {
    Function<Call, Call> filter =
        query.search().<Function<Call, Call>>map(this::searching).orElse(call -> call);
    Reply reply = api.send(listing.call(at, filter, query.page()));
    Listing.Read read = listing.read(reply, query.page());
    return new OptionPage(
        read.records().stream().map(record -> option(reply, record.json())).toList(),
        read.step().position());
  }

  private Function<Call, Call> searching(String typed) {
    BiFunction<Call, String, Call> by =
        search.orElseThrow(
            () ->
                new InvalidConfigurationException(
                    setting, "has choices that cannot be searched: ask without a text"));
    return call -> by.apply(call, typed);
  }

  private Option option(Reply reply, Json record) {
    try {
      return option.apply(record);
    } catch (IllegalArgumentException e) {
      // Without the cause, which the author may have filled with content.
      throw new MalformedReplyException(
          reply.call() + " answered with a choice that has no usable value: " + Option.RULE);
    }
  }
}
