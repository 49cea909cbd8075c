package dev.corpusync.extract;

import dev.corpusync.error.CursorExpiredException;
import dev.corpusync.sync.Proof;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A full listing at first, then the log. */
record LogExtractor(Listing listing, ChangeLog log) implements Extractor<ListingCursor> {
  @Override
  public Class<ListingCursor> cursor() {
    return ListingCursor.class;
  }

  /** One for the log, and as many as it takes for what a page of it names. */
  @Override
  public int requestsPerPage() {
    return Integer.MAX_VALUE;
  }

  @Override
  public Page<ListingCursor> fetch(FetchRequest<ListingCursor> ask) {
    if (ask.since().isEmpty()) {
      return new ListingExtractor(listing, (call, t) -> call).fetch(ask);
    }
    Instant from = ask.since().get().minus(log.overlap());
    Optional<String> position = ask.position().map(ListingCursor::position);
    Reply reply =
        ask.api().send(log.listing().call(ask.at(), c -> log.since().apply(c, from), position));
    // By the source's clock, where it tells it: ours may be behind, and a gap would not show.
    if (from.isBefore(reply.date().orElse(ask.now()).minus(log.kept()))) {
      throw new CursorExpiredException(
          "the log of changes is kept for "
              + log.kept()
              + ", the last sync is older: everything is read again");
    }
    Listing.Read read = log.listing().read(reply, position);
    long entries = ask.position().map(ListingCursor::read).orElse(0L) + read.records().size();
    if (log.most().isPresent() && entries >= log.most().getAsLong()) {
      throw new CursorExpiredException(
          "the log of changes gives out "
              + log.most().getAsLong()
              + " entries and no more, so some may be missing: everything is read again");
    }
    Set<String> ids = new LinkedHashSet<>();
    read.records().forEach(entry -> log.changedId().apply(entry.json()).ifPresent(ids::add));
    ByIds.Found found = log.byIds().fetch(ask.api(), ask.at(), List.copyOf(ids));
    Page.Builder page = Page.of(found.records()).asked(found.asked()).unknown(found.unknown());
    return read.step()
        .position()
        .map(next -> page.next(cursor(next, entries), Proof.NONE))
        .orElseGet(() -> page.end(Proof.NONE));
  }

  /** Counts only where it must: a count that grows would hide a log that goes round in circles. */
  private ListingCursor cursor(String next, long entries) {
    return new ListingCursor(next, log.most().isPresent() ? entries : 0);
  }
}
