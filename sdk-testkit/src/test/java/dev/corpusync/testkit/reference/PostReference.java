package dev.corpusync.testkit.reference;

import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.Revision;
import dev.corpusync.artifact.Visibility;
import dev.corpusync.auth.AuthScheme;
import dev.corpusync.cite.Citation;
import dev.corpusync.cite.CitationResolver;
import dev.corpusync.connection.Descriptor;
import dev.corpusync.connector.Connector;
import dev.corpusync.connector.DocumentStream;
import dev.corpusync.connector.FetchedByIds;
import dev.corpusync.connector.Stream;
import dev.corpusync.document.Access;
import dev.corpusync.document.Document;
import dev.corpusync.document.Kind;
import dev.corpusync.extract.ByIds;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Listing;
import dev.corpusync.extract.Paging;
import dev.corpusync.extract.Source;
import dev.corpusync.testkit.wire.Changes;
import dev.corpusync.testkit.wire.JsonTree;
import dev.corpusync.testkit.wire.Pages;
import dev.corpusync.testkit.wire.Records;
import dev.corpusync.testkit.wire.Wire;
import dev.corpusync.transform.Lookups;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A correct connector of a site with two kinds that lie side by side: posts, of which some are
 * fetched by their ids at the path of their listing, and pages, which are fetched one by one.
 */
public class PostReference implements Connector {
  private static final Records POSTS = records("post");
  private static final Records PAGES = records("page");

  public static final Wire WIRE =
      Wire.bearer()
          .list("/posts", POSTS, Pages.numbered("page", 1).in("data"), Changes.since("after"))
          .list("/pages", PAGES, Pages.numbered("page", 1).in("data"), Changes.since("after"))
          .exactBatch("/posts", "include", POSTS, "data", 5)
          .one(PAGES, page -> "/pages/" + page.id());

  private static Records records(String kind) {
    return Records.of(
            kind,
            t ->
                JsonTree.object(
                    "id", t.number(),
                    "title", t.title(),
                    "content", t.text(),
                    "modified", t.updated()))
        .visibility("status", "publish", "private");
  }

  @Override
  public Descriptor descriptor() {
    return Descriptor.of("site", "Site", "https://api.site.example")
        .auth(AuthScheme.bearer())
        .build();
  }

  @Override
  public final List<Stream> streams() {
    return List.of(posts(), pages());
  }

  public DocumentStream posts() {
    return new Posts();
  }

  public DocumentStream pages() {
    return new OnePages();
  }

  /** One kind, listed. */
  public static class Listed implements DocumentStream {
    private final String name;

    public Listed(String name) {
      this.name = name;
    }

    @Override
    public Kind kind() {
      return Kind.of(name);
    }

    @Override
    public Source source() {
      return Source.listing(
              Listing.of(at -> Call.get("/" + name + "s"), "data", Paging.numbered("page", 1)))
          .changedSince(Duration.ofSeconds(10), (call, time) -> call.query("after", time));
    }

    @Override
    public String id(Item record) {
      return record.id("id");
    }

    @Override
    public Revision revision(Item record) {
      return Revision.time(record.instant("modified"));
    }

    @Override
    public Visibility visibility(Item record) {
      return Visibility.allow(record, "status", "publish");
    }

    @Override
    public Access access(Item record) {
      return Access.wholeConnection("what is published is for everyone who has the site");
    }

    @Override
    public int version() {
      return 1;
    }

    @Override
    public Document transform(Item record, Lookups lookups) {
      return Document.titled(record.text("title")).body(record.text("content")).build();
    }

    @Override
    public Optional<URI> cite(Citation passage) {
      return CitationResolver.link("https://site.example/?p={}", passage.item().id("id"));
    }
  }

  private static final class Posts extends Listed implements FetchedByIds {
    Posts() {
      super("post");
    }

    @Override
    public ByIds byIds() {
      return ByIds.batch(
              5, (at, ids) -> Call.get("/posts").query("include", String.join(",", ids)), "data")
          .missingAreGone();
    }
  }

  private static final class OnePages extends Listed implements FetchedByIds {
    OnePages() {
      super("page");
    }

    @Override
    public ByIds byIds() {
      return ByIds.each((at, id) -> Call.get("/pages/{}", id));
    }
  }
}
