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
 * How the options of a fetched setting are listed, page by page, while a form is filled in.
 * Immutable.
 *
 * @since 0.1
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
   * Describes a listing of options.
   *
   * @param listing may use the settings that are filled in so far
   * @param option makes an option from a record
   */
  public static OptionListing of(
      Setting<?> setting, Listing listing, Function<Json, Option> option) {
    if (!setting.isFetched()) {
      throw new ConnectorDefectException(
          "the setting '" + setting.name() + "' has choices to fetch but is not fetched()");
    }
    return new OptionListing(setting.name(), listing, option, Optional.empty());
  }

  /** Declares that the API can search, and how a call carries the text. */
  public OptionListing searchedBy(BiFunction<Call, String, Call> typed) {
    return new OptionListing(setting, listing, option, Optional.of(typed));
  }

  /** The name of the setting. */
  public String setting() {
    return setting;
  }

  /** Whether the options can be searched. */
  public boolean isSearchable() {
    return search.isPresent();
  }

  /**
   * Reads one page of options, with one request.
   *
   * @throws InvalidConfigurationException when the options cannot be searched, or a setting that
   *     the listing needs is not filled in yet
   */
  public OptionPage page(Api api, At at, OptionQuery query) {
    Function<Call, Call> filter =
        query.search().<Function<Call, Call>>map(this::searching).orElse(call -> call);
    Call call = listing.call(at, filter, query.page());
    Reply reply = api.send(call);
    Listing.Read read = listing.read(call, reply, query.page());
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
