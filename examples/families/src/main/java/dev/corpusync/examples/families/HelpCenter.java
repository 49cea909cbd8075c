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
import dev.corpusync.document.Field;
import dev.corpusync.document.Kind;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Listing;
import dev.corpusync.extract.Paging;
import dev.corpusync.extract.Sideload;
import dev.corpusync.extract.Source;
import dev.corpusync.transform.Lookups;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The articles of a help centre, as in Zendesk: the authors are sideloaded beside each page, each
 * once, and the body has the URL of the next page.
 */
public final class HelpCenter implements SingleStream {
  private static final Field<String> AUTHOR = Field.keyword("author");
  private static final Sideload AUTHORS =
      Sideload.of(
          "users", "author", user -> user.id("id"), article -> List.of(article.id("author_id")));

  @Override
  public Descriptor descriptor() {
    return Descriptor.of("help-center", "Help centre", "https://help.example")
        .auth(AuthScheme.bearer())
        .build();
  }

  @Override
  public Kind kind() {
    return Kind.of("article");
  }

  @Override
  public Source source() {
    Listing articles =
        Listing.of(
                at -> Call.get("/api/v2/help_center/articles").query("include", "users"),
                "articles",
                Paging.nextUrl("next_page"))
            .with(AUTHORS);
    return Source.listing(articles)
        .changedSince(
            Duration.ofMinutes(5), (call, time) -> call.query("start_time", time.getEpochSecond()));
  }

  @Override
  public String id(Item article) {
    return article.id("id");
  }

  @Override
  public Revision revision(Item article) {
    return Revision.time(article.instant("updated_at"));
  }

  @Override
  public Visibility visibility(Item article) {
    return Visibility.allow(article, "draft", false);
  }

  @Override
  public Access access(Item article) {
    return Access.wholeConnection("everyone who may sign in may read the help centre");
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public List<Field<?>> fields() {
    return List.of(AUTHOR);
  }

  @Override
  public Document transform(Item article, Lookups lookups) {
    return Document.titled(article.text("title"))
        .body(article.findText("body"))
        .field(
            AUTHOR,
            article.find("author").stream()
                .flatMap(authors -> authors.each("").stream())
                .flatMap(author -> author.findText("name").stream())
                .findFirst())
        .build();
  }

  @Override
  public Optional<URI> cite(Citation at) {
    return CitationResolver.link(
        at.item().setting(Descriptor.BASE_URL) + "/hc/articles/{}", at.item().id("id"));
  }
}
