package dev.corpusync.extract;

import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;

/** A listing as an extractor, with the filter for changes where there is one. */
record ListingExtractor(Listing listing, BiFunction<Call, Instant, Call> since)
    implements Extractor<ListingCursor> {
  @Override
  public Class<ListingCursor> cursor() {
    return ListingCursor.class;
  }

  @Override
  public Page<ListingCursor> fetch(FetchRequest<ListingCursor> ask) {
    Optional<String> position = ask.position().map(ListingCursor::position);
    Optional<Page<ListingCursor>> each = listing.eachPage(ask.api(), ask.at(), position);
    if (each.isPresent()) {
      return each.get();
    }
    Call call =
        listing.call(
            ask.at(), first -> ask.since().map(t -> since.apply(first, t)).orElse(first), position);
    Listing.Read read = listing.read(ask.api().send(call), position);
    Page.Builder page = Page.of(read.records());
    return read.step()
        .position()
        .map(next -> page.next(new ListingCursor(next), read.step().proof()))
        .orElseGet(() -> page.end(read.step().proof()));
  }
}
