package dev.corpusync.examples.support;

import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.Revision;
import dev.corpusync.artifact.Visibility;
import dev.corpusync.auth.AuthScheme;
import dev.corpusync.cite.Citation;
import dev.corpusync.cite.CitationResolver;
import dev.corpusync.connection.Descriptor;
import dev.corpusync.connection.Setting;
import dev.corpusync.connector.Connector;
import dev.corpusync.connector.DocumentStream;
import dev.corpusync.connector.Stream;
import dev.corpusync.document.Access;
import dev.corpusync.document.Document;
import dev.corpusync.document.Field;
import dev.corpusync.document.Kind;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Paging;
import dev.corpusync.extract.Source;
import dev.corpusync.extract.Windows;
import dev.corpusync.transform.Lookups;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A support desk as in the public documentation of Pylon's issues. A search by time of change, sent
 * as POST, returns at most 30 days, with a cursor inside each window. The API key is a header.
 */
public final class SupportDesk implements Connector, DocumentStream {
  static final Setting<Instant> HISTORY =
      Setting.instant("history_from", "Read conversations changed since");
  static final Field<String> STATUS = Field.keyword("status");
  static final Field<Instant> UPDATED = Field.instant("updated");

  @Override
  public Descriptor descriptor() {
    return Descriptor.of("support", "Support desk", "https://api.support.example")
        .auth(AuthScheme.apiKey("X-Api-Key"))
        .categories("tickets")
        .syncFilters(HISTORY)
        .build();
  }

  @Override
  public List<Stream> streams() {
    return List.of(this);
  }

  @Override
  public Kind kind() {
    return Kind.of("conversation");
  }

  @Override
  public Source source() {
    return Source.windows(
        Windows.of(
            (at, from, to) -> Call.post("/issues/search").parameter("filter", changed(from, to)),
            "data",
            Paging.cursorWhile("cursor", "pagination/cursor", "pagination/has_next_page"),
            Duration.ofDays(30),
            HISTORY,
            Duration.ofMinutes(5)));
  }

  private static Map<String, ?> changed(Instant from, Instant to) {
    return Map.of(
        "field",
        "updated_at",
        "operator",
        "time_range",
        "values",
        List.of(from.toString(), to.toString()));
  }

  @Override
  public String id(Item conversation) {
    return conversation.id("id");
  }

  @Override
  public Revision revision(Item conversation) {
    return Revision.time(conversation.instant("updated_at"));
  }

  @Override
  public Visibility visibility(Item conversation) {
    return Visibility.allow(conversation, "type", "Conversation", "Ticket");
  }

  @Override
  public Access access(Item conversation) {
    return Access.wholeConnection("every agent of the desk reads every conversation of it");
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public List<Field<?>> fields() {
    return List.of(STATUS, UPDATED);
  }

  @Override
  public Document transform(Item conversation, Lookups lookups) {
    return Document.titled(conversation.text("title"))
        .body(conversation.findText("body_html"))
        .field(STATUS, conversation.findText("state"))
        .field(UPDATED, conversation.instant("updated_at"))
        .build();
  }

  @Override
  public Optional<URI> cite(Citation passage) {
    return CitationResolver.given(passage.item(), "link");
  }
}
