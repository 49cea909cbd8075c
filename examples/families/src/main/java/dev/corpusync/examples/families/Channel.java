package dev.corpusync.examples.families;

import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.Json;
import dev.corpusync.artifact.Part;
import dev.corpusync.artifact.Revision;
import dev.corpusync.artifact.Visibility;
import dev.corpusync.auth.AuthScheme;
import dev.corpusync.cite.Citation;
import dev.corpusync.cite.CitationResolver;
import dev.corpusync.connection.Descriptor;
import dev.corpusync.connector.HasParts;
import dev.corpusync.connector.SingleStream;
import dev.corpusync.document.Access;
import dev.corpusync.document.Document;
import dev.corpusync.document.Kind;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Listing;
import dev.corpusync.extract.Paging;
import dev.corpusync.extract.PartListing;
import dev.corpusync.extract.PartListing.Touches;
import dev.corpusync.extract.Source;
import dev.corpusync.transform.Lookups;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The history of a chat channel: newest message first. A message that is posted while pages are
 * read comes before them and is found by the next run. Replies belong to a thread and are listed
 * separately.
 */
public final class Channel implements SingleStream, HasParts {
  private static final Part REPLIES = Part.named("replies");

  @Override
  public Descriptor descriptor() {
    return Descriptor.of("channel", "Channel", "https://chat.example")
        .auth(AuthScheme.bearer())
        .build();
  }

  @Override
  public Kind kind() {
    return Kind.of("thread");
  }

  @Override
  public Source source() {
    Listing history = Listing.of(at -> Call.get("/api/history"), "messages", pages());
    return Source.listing(history)
        .changedSince(Duration.ofMinutes(5), (call, time) -> call.query("oldest", time));
  }

  @Override
  public List<PartListing> parts() {
    Listing replies =
        Listing.of(
                at -> Call.get("/api/replies").query("thread", at.item().id("id")),
                "messages",
                pages())
            .onlyWhen(at -> at.item().number("reply_count") > 0);
    return List.of(PartListing.of(REPLIES, Touches.RECORD, replies));
  }

  private static Paging pages() {
    return Paging.cursorBlankAtEnd("cursor", "response_metadata/next_cursor");
  }

  @Override
  public String id(Item thread) {
    return thread.id("id");
  }

  @Override
  public Revision revision(Item thread) {
    return Revision.time(thread.instant("latest"));
  }

  @Override
  public Visibility visibility(Item thread) {
    return Visibility.allow(thread, "channel_type", "public_channel");
  }

  @Override
  public Access access(Item thread) {
    return Access.wholeConnection("every member of the workspace may read its public channels");
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public Document transform(Item thread, Lookups lookups) {
    Document.Builder document = Document.titled(thread.text("topic")).body(thread.findText("text"));
    for (Json reply : thread.part(REPLIES)) {
      document.chunk(reply.id("id"), reply.text("text"));
    }
    return document.build();
  }

  @Override
  public Optional<URI> cite(Citation at) {
    return CitationResolver.given(at.item(), "permalink");
  }
}
