package dev.corpusync.extract;

import dev.corpusync.artifact.Payload;
import dev.corpusync.sync.Proof;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Fetches one record for each value that the configuration names, one call and one page each. A
 * position is an index into the values.
 */
record ValuesExtractor(Function<At, List<String>> values, BiFunction<At, String, Call> call)
    implements Extractor<ListingCursor> {
  @Override
  public Class<ListingCursor> cursor() {
    return ListingCursor.class;
  }

  @Override
  public Page<ListingCursor> fetch(FetchRequest<ListingCursor> request) {
    List<String> all = values.apply(request.at());
    int index = request.position().map(c -> Integer.parseInt(c.position())).orElse(0);
    if (index >= all.size()) {
      return Page.of(List.of()).end(Proof.SAID);
    }
    Page.Builder page = page(request.api(), call.apply(request.at(), all.get(index)));
    return index + 1 < all.size()
        ? page.next(new ListingCursor(Integer.toString(index + 1)))
        : page.end(Proof.SAID);
  }

  private static Page.Builder page(Api api, Call call) {
    Api.Attempt attempt = api.attempt(call);
    if (!(attempt instanceof Api.Attempt.Found found)) {
      String why =
          attempt instanceof Api.Attempt.Denied denied
              ? denied.reason()
              : "one of the configured values is not known to the API, or not shown to us";
      return Page.of(List.of()).unreadable(call + ": " + why);
    }
    Reply reply = found.reply();
    if (reply.isNotModified()) {
      return Page.of(List.of()).unchanged(call.key());
    }
    Payload record = reply.record();
    Page.Builder page = Page.of(List.of(record));
    reply
        .header("etag")
        .filter(e -> call.isConditional())
        .ifPresent(etag -> page.tagged(record, call.key(), etag));
    return page;
  }
}
