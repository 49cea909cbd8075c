package dev.corpusync.examples.families;

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
import dev.corpusync.extract.Delta;
import dev.corpusync.extract.Source;
import dev.corpusync.transform.Lookups;
import java.net.URI;
import java.util.Optional;

/**
 * The events of a team by sync token, as in Google Calendar: first everything, then the changes for
 * the sync token at the end of the last response, with cancelled events. A token that is too old
 * answers 410 and causes a full sync.
 */
public final class Events implements SingleStream {
  @Override
  public Descriptor descriptor() {
    return Descriptor.of("events", "Events", "https://calendar.example")
        .auth(AuthScheme.bearer())
        .build();
  }

  @Override
  public Kind kind() {
    return Kind.of("event");
  }

  @Override
  public Source source() {
    return Source.delta(
        Delta.of(
                at -> Call.get("/v3/calendars/team/events").query("showDeleted", true),
                "items",
                "nextPageToken",
                "nextSyncToken",
                event -> event.findText("status").filter("cancelled"::equals).isPresent())
            .expiredOn(410)
            .tokensIn("pageToken", "syncToken"));
  }

  @Override
  public String id(Item event) {
    return event.id("id");
  }

  @Override
  public Revision revision(Item event) {
    return Revision.time(event.instant("updated"));
  }

  @Override
  public Visibility visibility(Item event) {
    return Visibility.allow(event, "visibility", "default", "public");
  }

  @Override
  public Access access(Item event) {
    return Access.wholeConnection("every member of a team may read its calendar");
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public Document transform(Item event, Lookups lookups) {
    return Document.titled(event.text("summary")).body(event.findText("description")).build();
  }

  @Override
  public Optional<URI> cite(Citation at) {
    return CitationResolver.given(at.item(), "htmlLink");
  }
}
