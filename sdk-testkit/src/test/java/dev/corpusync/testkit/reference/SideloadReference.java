package dev.corpusync.testkit.reference;

import dev.corpusync.artifact.Item;
import dev.corpusync.connector.FetchedByIds;
import dev.corpusync.document.Document;
import dev.corpusync.document.Field;
import dev.corpusync.extract.ByIds;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Listing;
import dev.corpusync.extract.Paging;
import dev.corpusync.extract.Sideload;
import dev.corpusync.extract.Source;
import dev.corpusync.testkit.wire.Changes;
import dev.corpusync.testkit.wire.JsonTree;
import dev.corpusync.testkit.wire.Pages;
import dev.corpusync.testkit.wire.Records;
import dev.corpusync.testkit.wire.Wire;
import dev.corpusync.transform.Lookups;
import java.time.Duration;
import java.util.List;

/** Tickets whose authors come beside each page and each batch. */
class SideloadReference extends ReferenceConnector implements FetchedByIds {
  private static final Records TICKETS =
      Records.of(
              "ticket",
              t ->
                  JsonTree.object(
                      "id",
                      t.id(),
                      "subject",
                      t.title(),
                      "text",
                      t.text(),
                      "by",
                      t.author().login(),
                      "updated_at",
                      t.updated()))
          .ids(number -> "T-" + number)
          .visibility("visibility", "public", "private");

  static final Wire WIRE =
      Wire.bearer()
          .list(
              "/tickets",
              TICKETS,
              Pages.numbered("page", 1).in("data"),
              Changes.since("updated_after"))
          .exactBatch("/tickets/some", "ids", TICKETS, "data", 5)
          .beside("users", "by", p -> JsonTree.object("login", p.login(), "number", p.number()));

  private static final Sideload AUTHORS =
      Sideload.of(
          "users", "authors", user -> user.text("login"), ticket -> List.of(ticket.text("by")));

  private static final Field<Long> AUTHOR = Field.number("author");

  @Override
  public List<Field<?>> fields() {
    return List.of(AUTHOR);
  }

  @Override
  public Source source() {
    return Source.listing(
            Listing.of(at -> Call.get("/tickets"), "data", Paging.numbered("page", 1))
                .with(AUTHORS))
        .changedSince(Duration.ofSeconds(10), (call, time) -> call.query("updated_after", time));
  }

  @Override
  public ByIds byIds() {
    return ByIds.batch(
            5, (at, ids) -> Call.get("/tickets/some").query("ids", String.join(",", ids)), "data")
        .with(AUTHORS)
        .missingAreGone();
  }

  @Override
  public Document transform(Item ticket, Lookups lookups) {
    return Document.titled(ticket.text("subject"))
        .body(ticket.text("text"))
        .field(
            AUTHOR,
            ticket.find("authors").stream()
                .flatMap(authors -> authors.each("").stream())
                .map(author -> author.number("number"))
                .findFirst())
        .build();
  }
}
