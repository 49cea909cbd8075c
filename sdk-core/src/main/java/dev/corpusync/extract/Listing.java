package dev.corpusync.extract;

import dev.corpusync.artifact.Json;
import dev.corpusync.artifact.Payload;
import dev.corpusync.error.MalformedReplyException;
import dev.corpusync.sync.Proof;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Where things are listed, as data: the first call, the path to the records, how one page leads to
 * the next. Immutable.
 */
public final class Listing {
  private final Function<At, Call> first;
  private final RecordPath records;
  private final Paging paging;
  private final Predicate<Json> failed;
  private final Predicate<At> applies;
  private final boolean partial;
  private final Optional<Function<At, List<String>>> each;

  private Listing(
      Function<At, Call> first,
      RecordPath records,
      Paging paging,
      Predicate<Json> failed,
      Predicate<At> applies,
      boolean partial,
      Optional<Function<At, List<String>>> each) {
    this.first = first;
    this.records = records;
    this.paging = paging;
    this.failed = failed;
    this.applies = applies;
    this.partial = partial;
    this.each = each;
  }

  /**
   * @param records path to the array of records, {@code ""} when the body is the array
   */
  public static Listing of(Function<At, Call> first, String records, Paging paging) {
    return new Listing(
        first, RecordPath.of(records), paging, json -> false, at -> true, false, Optional.empty());
  }

  /**
   * One record for each value that the configuration names, one call each. A value that the API
   * does not know or does not show to us (404, 403) is a failed item and spoils the proof: it is
   * not a deletion (P5).
   */
  public static Listing each(Function<At, List<String>> values, BiFunction<At, String, Call> call) {
    Paging walk = new ValuePaging(call);
    return new Listing(
        at -> Call.get("/"),
        RecordPath.of(""),
        walk,
        json -> false,
        at -> true,
        false,
        Optional.of(values));
  }

  /** A 200 whose body has something at this path is an error: GraphQL's {@code errors}. */
  public Listing errorsAt(String path) {
    return new Listing(
        first, records, paging, failed.or(json -> json.has(path)), applies, partial, each);
  }

  /** A 200 is an error unless this field is {@code true}: Slack's {@code ok}. */
  public Listing okAt(String path) {
    return new Listing(
        first,
        records,
        paging,
        failed.or(
            json ->
                json.find(path)
                    .filter(f -> f.tree().isBoolean() && f.tree().booleanValue())
                    .isEmpty()),
        applies,
        partial,
        each);
  }

  /** Each record is stored with what the API sends beside it. */
  public Listing with(Sideload beside) {
    return new Listing(first, records.with(beside), paging, failed, applies, partial, each);
  }

  /** For a part: it is listed only where this holds, and empty elsewhere. */
  public Listing onlyWhen(Predicate<At> condition) {
    return new Listing(first, records, paging, failed, applies.and(condition), partial, each);
  }

  /** The API leaves things out of this listing, so that an absence never proves a deletion. */
  public Listing partial() {
    return new Listing(first, records, paging, failed, applies, true, each);
  }

  /**
   * The API writes {@code null} where there is nothing to list, not an empty array. Say also how it
   * tells an error ({@link #okAt}, {@link #errorsAt}), if it does so with a 200: that may hold the
   * same null.
   */
  public Listing nullWhenEmpty() {
    return new Listing(first, records.orNull(), paging, failed, applies, partial, each);
  }

  /** The whole of a part. */
  public sealed interface Whole {
    /** Every record, in order; with the ETag when one answer held them all. */
    record Records(List<Payload> records, Optional<Tag> tag) implements Whole {}

    /** The API says that nothing has changed since the ETag of what is stored. */
    record Unchanged() implements Whole {}

    record Tag(String call, String etag) {}
  }

  /**
   * Reads every page. Any failure passes through: a part is whole or unknown (P5). What a page has
   * from a page before, to the byte, is there once: pages drift while they are read.
   *
   * @throws MalformedReplyException also when a position comes back
   */
  public Whole readAll(Api api, At at) {
    if (!applies.test(at)) {
      return new Whole.Records(List.of(), Optional.empty());
    }
    List<Payload> all = new ArrayList<>();
    Set<String> before = new HashSet<>();
    Set<String> met = new HashSet<>();
    List<String> last = List.of();
    Optional<String> position = Optional.empty();
    Call start = first.apply(at);
    while (true) {
      Reply reply = api.send(call(start, position));
      if (reply.isNotModified()) {
        return new Whole.Unchanged();
      }
      Read read = read(reply, position);
      List<String> hashes = read.records().stream().map(Payload::hash).toList();
      if (!hashes.isEmpty() && hashes.equals(last)) {
        throw new MalformedReplyException(
            reply.call()
                + " answered with the records of the page before: it ignores the position");
      }
      last = hashes;
      read.records().stream().filter(r -> !before.contains(r.hash())).forEach(all::add);
      before.addAll(hashes);
      if (read.step().position().isEmpty()) {
        Optional<Whole.Tag> tag =
            met.isEmpty() && start.isConditional() && !mayBeFull(start, all.size())
                ? reply.header("etag").map(etag -> new Whole.Tag(start.key(), etag))
                : Optional.empty();
        return new Whole.Records(all, tag);
      }
      position = read.step().position();
      if (!met.add(position.get())) {
        throw new MalformedReplyException(
            reply.call() + " leads back to a page that was read already");
      }
    }
  }

  // A page as long as what was asked for may get a second one, which its own "not modified" would
  // hide.
  private static boolean mayBeFull(Call call, int records) {
    return call.asksFor(Integer.toString(records));
  }

  /** One page read. */
  record Read(List<Payload> records, Paging.Step step) {}

  Call call(At at, Function<Call, Call> filter, Optional<String> position) {
    return call(filter.apply(first.apply(at)), position);
  }

  private Call call(Call start, Optional<String> position) {
    return position.map(p -> paging.at(start, p)).orElse(start);
  }

  Read read(Reply reply, Optional<String> position) {
    List<Payload> found = records.in(reply);
    if (failed.test(reply.json())) {
      throw new MalformedReplyException(
          reply.call()
              + " answered "
              + reply.status()
              + " with an error in its body: that is not an empty page");
    }
    Paging.Step step = paging.next(reply, found.size(), position);
    return new Read(found, partial ? new Paging.Step(step.position(), Proof.NONE) : step);
  }

  /** A page of a listing that walks configured values; empty for other listings. */
  Optional<Page<ListingCursor>> eachPage(Api api, At at, Optional<String> position) {
    return each.map(
        values -> eachPage(api, at, values.apply(at), position.map(Integer::parseInt).orElse(0)));
  }

  private Page<ListingCursor> eachPage(Api api, At at, List<String> values, int index) {
    if (index >= values.size()) {
      return Page.of(List.of()).end(Proof.SAID);
    }
    Call call = ((ValuePaging) paging).call(at, values.get(index));
    Page.Builder page = one(api, call);
    return index + 1 < values.size()
        ? page.next(new ListingCursor(Integer.toString(index + 1)))
        : page.end(Proof.SAID);
  }

  private static Page.Builder one(Api api, Call call) {
    Api.Attempt attempt = api.attempt(call);
    if (!(attempt instanceof Api.Attempt.Found found)) {
      String why =
          attempt instanceof Api.Attempt.Denied denied
              ? denied.reason()
              : "one of the configured values is not known to the API, or not shown to us";
      return Page.of(List.of()).unreadable(call + ": " + why);
    }
    if (found.reply().isNotModified()) {
      return Page.of(List.of()).unchanged(call.key());
    }
    Payload record = found.reply().record();
    Page.Builder page = Page.of(List.of(record));
    found
        .reply()
        .header("etag")
        .filter(e -> call.isConditional())
        .ifPresent(etag -> page.tagged(record, call.key(), etag));
    return page;
  }

  /** Positions are indexes into the configured values. */
  private record ValuePaging(BiFunction<At, String, Call> calls) implements Paging {
    Call call(At at, String value) {
      return calls.apply(at, value);
    }

    @Override
    public Call at(Call first, String position) {
      throw new IllegalStateException("configured values are walked by the listing itself");
    }

    @Override
    public Step next(Reply reply, int records, Optional<String> position) {
      throw new IllegalStateException("configured values are walked by the listing itself");
    }
  }
}
