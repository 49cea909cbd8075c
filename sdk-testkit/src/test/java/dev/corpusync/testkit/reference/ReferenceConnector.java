package dev.corpusync.testkit.reference;

import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.Revision;
import dev.corpusync.artifact.Visibility;
import dev.corpusync.auth.AuthScheme;
import dev.corpusync.cite.Citation;
import dev.corpusync.cite.CitationResolver;
import dev.corpusync.connection.Descriptor;
import dev.corpusync.connector.SingleStream;
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

/** A correct connector for {@link TicketWire}; each mutant is this with one change. */
public class ReferenceConnector implements SingleStream {
  @Override
  public Descriptor descriptor() {
    return Descriptor.of("tickets", "Tickets", "https://api.tickets.example")
        .auth(AuthScheme.bearer())
        .build();
  }

  @Override
  public Kind kind() {
    return Kind.of("ticket");
  }

  @Override
  public Source source() {
    return Source.listing(
            Listing.of(at -> Call.get("/tickets"), "data", Paging.cursor("cursor", "next")))
        .changedSince(Duration.ofSeconds(10), (call, time) -> call.query("updated_after", time));
  }

  @Override
  public String id(Item ticket) {
    return ticket.id("id");
  }

  @Override
  public Revision revision(Item ticket) {
    return Revision.time(ticket.instant("updated_at"));
  }

  @Override
  public Visibility visibility(Item ticket) {
    return Visibility.allow(ticket, "visibility", "public");
  }

  @Override
  public Access access(Item ticket) {
    return Access.wholeConnection("the tracker has no permissions below the account");
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public Document transform(Item ticket, Lookups lookups) {
    return Document.titled(ticket.text("subject")).body(ticket.text("text")).build();
  }

  @Override
  public Optional<URI> cite(Citation passage) {
    return CitationResolver.link("https://tickets.example/{}", passage.item().id("id"));
  }
}
