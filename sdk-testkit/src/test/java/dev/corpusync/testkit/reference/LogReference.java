package dev.corpusync.testkit.reference;

import dev.corpusync.connection.Descriptor;
import dev.corpusync.extract.ByIds;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.ChangeLog;
import dev.corpusync.extract.Listing;
import dev.corpusync.extract.Paging;
import dev.corpusync.extract.Source;
import dev.corpusync.testkit.wire.Changes;
import dev.corpusync.testkit.wire.JsonTree;
import dev.corpusync.testkit.wire.Pages;
import dev.corpusync.testkit.wire.Wire;
import java.time.Duration;
import java.util.Optional;

/**
 * A correct connector of another family: pages by number, an activity log that is kept for sixty
 * days, and what it names by ids, in batches.
 */
public class LogReference extends ReferenceConnector {
  public static final Duration KEPT = Duration.ofDays(60);
  public static final Wire WIRE =
      Wire.apiKey("x-api-key")
          .list("/tickets", TicketWire.TICKETS, Pages.numbered("page", 1).in("tickets"))
          .exactBatch("/tickets/some", "ids", TicketWire.TICKETS, "tickets", 5)
          .log(
              "/activity",
              TicketWire.TICKETS,
              t -> JsonTree.object("about", t.id(), "at", t.updated(), "gone", t.isDeleted()),
              Pages.cursorWhile("after", "last", "more").in("entries"),
              Changes.since("from"),
              KEPT);

  @Override
  public Descriptor descriptor() {
    return Descriptor.of("log", "Tickets with a log", "https://api.tickets.example")
        .auth(dev.corpusync.auth.AuthScheme.apiKey("x-api-key"))
        .build();
  }

  @Override
  public Source source() {
    return Source.listing(listing()).logged(log(KEPT, Duration.ofSeconds(10), byIds()));
  }

  public static Listing listing() {
    return Listing.of(at -> Call.get("/tickets"), "tickets", Paging.numbered("page", 1));
  }

  public static ByIds byIds() {
    return misses().missingAreGone();
  }

  /** Without saying what a miss means. */
  public static ByIds misses() {
    return ByIds.batch(
        5, (at, ids) -> Call.get("/tickets/some").query("ids", String.join(",", ids)), "tickets");
  }

  public static ChangeLog log(Duration kept, Duration overlap, ByIds byIds) {
    return ChangeLog.of(
        Listing.of(
            at -> Call.get("/activity"), "entries", Paging.cursorWhile("after", "last", "more")),
        (call, time) -> call.query("from", time),
        entry -> Optional.of(entry.text("about")),
        kept,
        overlap,
        byIds);
  }
}
