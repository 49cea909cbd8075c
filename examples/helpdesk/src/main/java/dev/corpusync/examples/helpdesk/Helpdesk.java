package dev.corpusync.examples.helpdesk;

import dev.corpusync.artifact.*;
import dev.corpusync.auth.AuthScheme;
import dev.corpusync.cite.*;
import dev.corpusync.connection.Descriptor;
import dev.corpusync.connector.SingleStream;
import dev.corpusync.document.*;
import dev.corpusync.extract.*;
import dev.corpusync.transform.Lookups;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** The smallest connector: tickets, listed by cursor, with incremental sync by time. */
public final class Helpdesk implements SingleStream {
  public Descriptor descriptor() {
    return Descriptor.of("helpdesk", "Helpdesk", "https://api.helpdesk.example")
        .auth(AuthScheme.bearer())
        .build();
  }

  public Kind kind() {
    return Kind.of("ticket");
  }

  public Source source() {
    Paging pages = Paging.cursor("cursor", "next_cursor");
    return Source.listing(Listing.of(at -> Call.get("/tickets").query("limit", 100), "data", pages))
        .changedSince(Duration.ofMinutes(2), (call, time) -> call.query("updated_after", time));
  }

  public String id(Item ticket) {
    return ticket.id("id");
  }

  public Revision revision(Item ticket) {
    return Revision.time(ticket.instant("updated_at"));
  }

  public Visibility visibility(Item ticket) {
    return Visibility.allow(ticket, "private", false);
  }

  public Access access(Item ticket) {
    return Access.wholeConnection("Helpdesk has no permissions below the account");
  }

  public int version() {
    return 1;
  }

  public Document transform(Item ticket, Lookups lookups) {
    return Document.titled(ticket.text("subject")).body(ticket.findText("description")).build();
  }

  public Optional<URI> cite(Citation at) {
    return CitationResolver.link("https://app.helpdesk.example/tickets/{}", at.item().id("id"));
  }
}
