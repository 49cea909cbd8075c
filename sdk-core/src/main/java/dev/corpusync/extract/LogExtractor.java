package dev.corpusync.extract;

import dev.corpusync.artifact.Payload;
import dev.corpusync.error.CursorExpiredException;
import dev.corpusync.sync.Proof;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Lists everything in a full pass, and fetches what the log names in an incremental one. */
record LogExtractor(Listing listing, ChangeLog log) implements Extractor<ListingCursor> {
  @Override
  public Class<ListingCursor> cursor() {
    return ListingCursor.class;
  }

  /** One for the log, and as many as are needed to fetch the records that a page of it names. */
  @Override
  public int requestsPerPage() {
    return Integer.MAX_VALUE;
  }

  @Override
  public Page<ListingCursor> fetch(FetchRequest<ListingCursor> request) {
    if (request.since().isEmpty()) {
      return new ListingExtractor(listing, (call, t) -> call).fetch(request);
    }
    Instant from = request.since().get().minus(log.overlap());
    Optional<String> position = request.position().map(ListingCursor::position);
    Call call = log.listing().call(request.at(), c -> log.since().apply(c, from), position);
    Reply reply = request.api().send(call);
    // By the later of both clocks: one may be behind, and a gap would not show.
    Instant now = reply.date().filter(date -> date.isAfter(request.now())).orElse(request.now());
    if (from.isBefore(now.minus(log.kept()))) {
      throw new CursorExpiredException(
          "the log of changes is kept for "
              + log.kept()
              + ", the last sync is older: everything is read again");
    }
    Listing.Read read = log.listing().read(call, reply, position);
    long entries = request.position().map(ListingCursor::read).orElse(0L) + read.records().size();
    if (log.cap().isPresent() && entries >= log.cap().getAsLong()) {
      throw new CursorExpiredException(
          "the change log returns only "
              + log.cap().getAsLong()
              + " entries and no more, so some may be missing: everything is read again");
    }
    Set<String> ids = new LinkedHashSet<>();
    List<String> odd = new ArrayList<>();
    read.records().forEach(entry -> changedId(entry, odd).ifPresent(ids::add));
    ByIds.Found found = log.byIds().fetch(request.api(), request.at(), List.copyOf(ids));
    if (found.outage().isPresent()) {
      throw found.outage().get();
    }
    Page.Builder page = Page.of(found);
    odd.forEach(page::unreadable);
    Proof proof = read.proof().weaker(Proof.NONE);
    return read.step()
        .position()
        .map(next -> page.next(cursor(next, entries), proof))
        .orElseGet(() -> page.end(proof));
  }

  /** P10: an entry that cannot be read costs itself, not its neighbours. */
  private Optional<String> changedId(Payload entry, List<String> odd) {
    try {
      Optional<String> id = log.changedId().apply(entry.json());
      if (entry.flaw().isPresent()
          && id.filter(t -> t.indexOf(Payload.REPLACED) >= 0).isPresent()) {
        odd.add("an entry of the change log " + entry.flaw().get());
        return Optional.empty();
      }
      return id;
    } catch (RuntimeException e) {
      odd.add("an entry of the change log: " + RecordFault.reason(e));
      return Optional.empty();
    }
  }

  /** Counts only where there is a cap: a growing count would hide a cursor that comes back. */
  private ListingCursor cursor(String next, long entries) {
    return new ListingCursor(next, log.cap().isPresent() ? entries : 0);
  }
}
