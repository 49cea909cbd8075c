package dev.corpusync.testkit.reference;

import dev.corpusync.testkit.wire.Changes;
import dev.corpusync.testkit.wire.JsonTree;
import dev.corpusync.testkit.wire.Pages;
import dev.corpusync.testkit.wire.Records;
import dev.corpusync.testkit.wire.Wire;

/**
 * The API of {@link ReferenceConnector}: tickets by cursor, changes by time, one field for sight.
 */
public final class TicketWire {
  public static final Records TICKETS =
      Records.of(
              "ticket",
              t ->
                  JsonTree.object(
                      "id", t.id(),
                      "subject", t.title(),
                      "text", t.text(),
                      "updated_at", t.updated()))
          .ids(number -> "T-" + number)
          .visibility("visibility", "public", "private");

  public static final Wire WIRE = over(Pages.cursor("cursor", "next").in("data"));

  /** The same API with another family of paging. */
  public static Wire over(Pages pages) {
    return Wire.bearer().list("/tickets", TICKETS, pages, Changes.since("updated_after"));
  }

  private TicketWire() {}
}
