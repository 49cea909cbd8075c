package dev.corpusync.benchmarks.contender;

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
import dev.corpusync.document.Field;
import dev.corpusync.document.Kind;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Listing;
import dev.corpusync.extract.Paging;
import dev.corpusync.extract.Source;
import dev.corpusync.transform.Lookups;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The connector that does the same work as the hand-written contenders. */
final class Desk implements SingleStream {
  static final Field<String> STATUS = Field.keyword("status");

  @Override
  public Descriptor descriptor() {
    return Descriptor.of("desk", "Desk", "https://api.desk.example")
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
            Listing.of(
                at -> Call.get("/tickets").query("limit", 100),
                "data",
                Paging.cursor("cursor", "next_cursor")))
        .changedSince(Duration.ofMinutes(2), (call, time) -> call.query("updated_after", time));
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
    return Visibility.allow(ticket, "private", false);
  }

  @Override
  public Access access(Item ticket) {
    return Access.wholeConnection("the desk has no permissions below the account");
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public List<Field<?>> fields() {
    return List.of(STATUS);
  }

  @Override
  public Document transform(Item ticket, Lookups lookups) {
    return Document.titled(ticket.text("subject"))
        .field(STATUS, ticket.text("status"))
        .chunk("description", ticket.text("description"))
        .chunk("comment", ticket.text("comment"))
        .build();
  }

  @Override
  public Optional<URI> cite(Citation passage) {
    return CitationResolver.link("https://desk.example/tickets/{}", passage.item().id("id"));
  }
}
