package dev.corpusync.testkit.mutant;

import dev.corpusync.extract.Call;
import dev.corpusync.extract.Delta;
import dev.corpusync.extract.Listing;
import dev.corpusync.extract.Paging;
import dev.corpusync.extract.Source;
import dev.corpusync.testkit.reference.ReferenceConnector;
import dev.corpusync.testkit.reference.TicketWire;
import dev.corpusync.testkit.wire.Changes;
import dev.corpusync.testkit.wire.DeltaLinks;
import dev.corpusync.testkit.wire.JsonTree;
import dev.corpusync.testkit.wire.Pages;
import dev.corpusync.testkit.wire.Wire;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The reference's tickets by every family of paging: each right, and each to pass whole. */
final class PagingFamilies {
  private PagingFamilies() {}

  static final Wire LINK = over(Pages.link("page"));
  static final Wire NUMBERED = over(Pages.numbered("page", 1));
  static final Wire OFFSET = over(Pages.offset("skip"));
  static final Wire OFFSET_OF_TOTAL = over(Pages.offsetOfTotal("skip", "total"));

  static List<Mutant> all() {
    return List.of(
        Mutant.of("pages by Link", by(Paging.link()), LINK),
        Mutant.of("pages by number", by(Paging.numbered("page", 1)), NUMBERED),
        Mutant.of(
            "pages by number while there is more",
            by(Paging.numberedWhile("page", 1, "more")),
            over(Pages.numberedWhile("page", 1, "more"))),
        Mutant.of("pages by offset", by(Paging.offset("skip")), OFFSET),
        Mutant.of(
            "pages by offset and total",
            by(Paging.offsetOfTotal("skip", 3, "total")),
            OFFSET_OF_TOTAL),
        Mutant.of("pages by addresses", by(Paging.nextUrl("next")), over(Pages.nextUrl("next"))),
        Mutant.of(
            "pages by cursors that are left out",
            by(Paging.cursorOmittedAtEnd("cursor", "next")),
            over(Pages.cursorOmittedAtEnd("cursor", "next"))),
        Mutant.of(
            "pages by cursors that are blank",
            by(Paging.cursorBlankAtEnd("cursor", "next")),
            over(Pages.cursorBlankAtEnd("cursor", "next"))),
        Mutant.of(
            "pages by cursors while there is more",
            by(Paging.cursorWhile("cursor", "next", "more")),
            over(Pages.cursorWhile("cursor", "next", "more"))),
        Mutant.of("pages by Relay", relay(), RELAY),
        Mutant.of("continues from sync tokens", from(SYNCED), SYNC_TOKENS),
        Mutant.of(
            "reads the newest first",
            new ReferenceConnector(),
            Wire.bearer()
                .list(
                    "/tickets",
                    TicketWire.TICKETS,
                    Pages.cursor("cursor", "next").in("data"),
                    Changes.since("updated_after").newestFirst())));
  }

  private static final Wire SYNC_TOKENS =
      Wire.bearer()
          .delta(
              "/tickets",
              TicketWire.TICKETS.deleted(t -> JsonTree.object("id", t.id(), "state", "cancelled")),
              new DeltaLinks("items", "nextPage", "nextSync", 410).tokensIn("page", "sync"));

  private static final Source SYNCED =
      Source.delta(
          Delta.of(
                  at -> Call.get("/tickets"),
                  "items",
                  "nextPage",
                  "nextSync",
                  ticket -> ticket.findText("state").filter("cancelled"::equals).isPresent())
              .expiredOn(410)
              .tokensIn("page", "sync"));

  private static final String FIELDS = "id subject text updated_at visibility";

  private static final Wire RELAY =
      Wire.bearer()
          .graphql("/graphql")
          .list(
              "/graphql/Tickets",
              TicketWire.TICKETS,
              Pages.relay("after", "data/tickets/pageInfo").in("data/tickets/nodes"));

  static Wire over(Pages pages) {
    return TicketWire.over(pages.in("data"));
  }

  static ReferenceConnector by(Paging paging) {
    return from(
        Source.listing(Listing.of(at -> Call.get("/tickets"), "data", paging))
            .changedSince(
                Duration.ofSeconds(10), (call, time) -> call.query("updated_after", time)));
  }

  static ReferenceConnector from(Source source) {
    return new ReferenceConnector() {
      @Override
      public Source source() {
        return source;
      }
    };
  }

  private static ReferenceConnector relay() {
    return from(
        Source.listing(
                Listing.of(
                    at ->
                        Call.graphql(
                            "/graphql",
                            "query Tickets($after: String) { tickets(after: $after) { nodes { "
                                + FIELDS
                                + " }"
                                + " pageInfo { hasNextPage endCursor } } }",
                            Map.of()),
                    "data/tickets/nodes",
                    Paging.relay("after", "data/tickets/pageInfo")))
            .relisted());
  }
}
