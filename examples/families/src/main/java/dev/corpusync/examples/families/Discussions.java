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
import dev.corpusync.extract.GraphQlErrors;
import dev.corpusync.extract.Listing;
import dev.corpusync.extract.Paging;
import dev.corpusync.extract.Source;
import dev.corpusync.transform.Lookups;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * The threads of a forum over GraphQL, with Relay paging. The API has no filter by time, so each
 * sync lists everything; an unchanged record costs a comparison.
 */
public final class Discussions implements SingleStream {
  private static final String QUERY =
      """
      query Discussions($after: String) {
        discussions(first: 50, after: $after) {
          pageInfo { hasNextPage endCursor }
          nodes { id title bodyText updatedAt state url }
        }
      }
      """;

  @Override
  public Descriptor descriptor() {
    return Descriptor.of("discussions", "Discussions", "https://forum.example")
        .auth(AuthScheme.bearer())
        .build();
  }

  @Override
  public Kind kind() {
    return Kind.of("discussion");
  }

  @Override
  public Source source() {
    return Source.listing(
            Listing.of(
                at -> Call.graphql("/graphql", QUERY, Map.of()).errors(GraphQlErrors.plain()),
                "data/discussions/nodes",
                Paging.relay("after", "data/discussions/pageInfo")))
        .relisted();
  }

  @Override
  public String id(Item discussion) {
    return discussion.id("id");
  }

  @Override
  public Revision revision(Item discussion) {
    return Revision.time(discussion.instant("updatedAt"));
  }

  @Override
  public Visibility visibility(Item discussion) {
    return Visibility.allow(discussion, "state", "PUBLISHED");
  }

  @Override
  public Access access(Item discussion) {
    return Access.wholeConnection("every member of the forum may read it");
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public Document transform(Item discussion, Lookups lookups) {
    return Document.titled(discussion.text("title")).body(discussion.findText("bodyText")).build();
  }

  @Override
  public Optional<URI> cite(Citation at) {
    return CitationResolver.given(at.item(), "url");
  }
}
