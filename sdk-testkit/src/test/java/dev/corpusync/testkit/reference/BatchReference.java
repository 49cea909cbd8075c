package dev.corpusync.testkit.reference;

import dev.corpusync.connector.FetchedByIds;
import dev.corpusync.extract.ByIds;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Listing;
import dev.corpusync.extract.Paging;
import dev.corpusync.extract.Source;
import dev.corpusync.testkit.subject.StoreFixture;
import dev.corpusync.testkit.subject.Subject;
import dev.corpusync.testkit.wire.Changes;
import dev.corpusync.testkit.wire.Pages;
import dev.corpusync.testkit.wire.Wire;
import java.time.Duration;

/**
 * Numbered pages, whose end proves little, and several tickets by their ids at once, from an API
 * that leaves out more than what is deleted: so nothing is ever proved to be gone.
 */
public class BatchReference extends ReferenceConnector implements FetchedByIds {
  static final Wire WIRE =
      Wire.bearer()
          .list(
              "/tickets",
              TicketWire.TICKETS,
              Pages.numbered("page", 1).in("data"),
              Changes.since("updated_after"))
          .batch("/tickets/some", "ids", TicketWire.TICKETS, "data", 5);

  public static Subject subject(BatchReference connector) {
    return Subject.of(connector, WIRE, StoreFixture.inMemory());
  }

  @Override
  public Source source() {
    return Source.listing(
            Listing.of(at -> Call.get("/tickets"), "data", Paging.numbered("page", 1)))
        .changedSince(Duration.ofSeconds(10), (call, time) -> call.query("updated_after", time));
  }

  @Override
  public ByIds byIds() {
    return ByIds.batch(
        5, (at, ids) -> Call.get("/tickets/some").query("ids", String.join(",", ids)), "data");
  }
}
