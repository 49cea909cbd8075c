package dev.corpusync.extract;

import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;

/** Reads a listing page by page, in an incremental pass with the filter for changes. */
record ListingExtractor(Listing listing, BiFunction<Call, Instant, Call> since)
    implements Extractor<ListingCursor> {
  @Override
  public Class<ListingCursor> cursor() {
    return ListingCursor.class;
  }

  @Override
  public Page<ListingCursor> fetch(FetchRequest<ListingCursor> request) {
    Optional<String> position = request.position().map(ListingCursor::position);
    Call call =
        listing.call(
            request.at(),
            first -> request.since().map(t -> since.apply(first, t)).orElse(first),
            position);
    Listing.Read read = listing.read(call, request.api().send(call), position);
    Page.Builder page = Page.of(read.records());
    return read.step()
        .position()
        .map(next -> page.next(new ListingCursor(next), read.proof()))
        .orElseGet(() -> page.end(read.proof()));
  }
}
