package dev.corpusync.testkit.mutant;

import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.Visibility;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.FetchRequest;
import dev.corpusync.extract.Listing;
import dev.corpusync.extract.Page;
import dev.corpusync.extract.Paging;
import dev.corpusync.extract.Source;
import dev.corpusync.testkit.reference.ReferenceConnector;
import dev.corpusync.testkit.reference.TicketWire;
import dev.corpusync.testkit.subject.StoreFixture;
import dev.corpusync.testkit.subject.Subject;
import dev.corpusync.testkit.wire.Changes;
import dev.corpusync.testkit.wire.JsonTree;
import dev.corpusync.testkit.wire.Pages;
import dev.corpusync.testkit.wire.Recording;
import dev.corpusync.testkit.wire.Records;
import dev.corpusync.testkit.wire.Wire;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Wire formats that prove nothing, and connectors that leave things out. */
final class FixtureMutants {
  private FixtureMutants() {}

  static List<Mutant> all() {
    return List.of(
        Mutant.of("asks for what is not there", PagingMutants.own(new Mistyped()))
            .foundBy("FIX-04"),
        Mutant.of("reads only the first page", PagingMutants.own(PagingMutants.firstPageOnly()))
            .foundBy("FIX-06"),
        Mutant.of(
                "never asks for changes",
                Source.listing(
                        Listing.of(
                            at -> Call.get("/tickets"), "data", Paging.cursor("cursor", "next")))
                    .relisted())
            .foundBy("FIX-07"),
        on("a wire format without titles", Optional.empty(), untitled()).foundBy("FIX-01"),
        on("a wire format of another kind", Optional.empty(), tickets("letter", true))
            .foundBy("FIX-02"),
        new Mutant(
                "a wire format that does not say what hides",
                Subject.of(
                    new ReferenceConnector() {
                      @Override
                      public Visibility visibility(Item ticket) {
                        return Visibility.declared("there are no private tickets");
                      }
                    },
                    list(tickets("ticket", false)),
                    StoreFixture.inMemory()))
            .foundBy("FIX-02"),
        on(
                "a wire format unlike what was recorded",
                Optional.of(
                    new Recording(
                        "a ticket",
                        LocalDate.of(2026, 1, 1),
                        Map.of("ticket", List.of(JsonTree.object("id", 7, "subject", "Hello"))))),
                TicketWire.TICKETS)
            .foundBy("FIX-03"));
  }

  /** Has a list of states to read, if it is there. */
  private static final class Mistyped extends TicketExtractor {
    @Override
    public Page<Mark> fetch(FetchRequest<Mark> ask) {
      if (isFull(ask) && ask.position().isEmpty()) {
        ask.api().find(Call.get("/tickets/sates"));
      }
      return super.fetch(ask);
    }
  }

  private static Mutant on(String name, Optional<Recording> recording, Records records) {
    Subject plain = Subject.of(new ReferenceConnector(), list(records), StoreFixture.inMemory());
    return new Mutant(name, recording.map(plain::comparedWith).orElse(plain));
  }

  private static Wire list(Records records) {
    return Wire.bearer()
        .list(
            "/tickets",
            records,
            Pages.cursor("cursor", "next").in("data"),
            Changes.since("updated_after"));
  }

  private static Records untitled() {
    return Records.of(
            "ticket",
            t ->
                JsonTree.object(
                    "id", t.id(), "subject", "-", "text", t.text(), "updated_at", t.updated()))
        .visibility("visibility", "public", "private");
  }

  private static Records tickets(String kind, boolean hides) {
    Records records =
        Records.of(
            kind,
            t ->
                JsonTree.object(
                    "id", t.id(),
                    "subject", t.title(),
                    "text", t.text(),
                    "updated_at", t.updated()));
    return hides ? records.visibility("visibility", "public", "private") : records;
  }
}
