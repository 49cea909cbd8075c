package dev.corpusync.testkit.engine;

import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.Visibility;
import dev.corpusync.cite.Citation;
import dev.corpusync.connector.DocumentStream;
import dev.corpusync.document.Access;
import dev.corpusync.document.Document;
import dev.corpusync.document.Kind;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Listing;
import dev.corpusync.extract.Paging;
import dev.corpusync.extract.Source;
import dev.corpusync.transform.Lookups;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** A stream to make variants of. */
class Tickets implements DocumentStream {
  static final Kind TICKET = Kind.of("ticket");

  static Listing listing(String path) {
    return Listing.of(at -> Call.get(path), "data", Paging.cursor("cursor", "next"));
  }

  @Override
  public Kind kind() {
    return TICKET;
  }

  @Override
  public Source source() {
    return Source.listing(listing("/tickets"))
        .changedSince(Duration.ofMinutes(1), (call, t) -> call.query("since", t));
  }

  @Override
  public String id(Item ticket) {
    return ticket.id("id");
  }

  @Override
  public Visibility visibility(Item ticket) {
    return Visibility.allow(ticket, "visibility", "public");
  }

  @Override
  public Access access(Item ticket) {
    return Access.wholeConnection("a test");
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public Document transform(Item ticket, Lookups lookups) {
    return Document.titled(ticket.text("subject")).body(ticket.findText("text")).build();
  }

  @Override
  public Optional<URI> cite(Citation passage) {
    return Optional.empty();
  }
}
