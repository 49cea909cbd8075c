package dev.corpusync.examples.github;

import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.Json;
import dev.corpusync.artifact.Part;
import dev.corpusync.artifact.Revision;
import dev.corpusync.artifact.Visibility;
import dev.corpusync.cite.Citation;
import dev.corpusync.cite.CitationResolver;
import dev.corpusync.connector.DocumentStream;
import dev.corpusync.connector.FetchedByIds;
import dev.corpusync.connector.HasParts;
import dev.corpusync.connector.Nested;
import dev.corpusync.document.Access;
import dev.corpusync.document.Document;
import dev.corpusync.document.Field;
import dev.corpusync.document.Kind;
import dev.corpusync.extract.ByIds;
import dev.corpusync.extract.Listing;
import dev.corpusync.extract.Paging;
import dev.corpusync.extract.PartListing;
import dev.corpusync.extract.PartListing.Touches;
import dev.corpusync.extract.Source;
import dev.corpusync.transform.Lookups;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An issue or a pull request with its comments: one document, one chunk per comment. */
final class Issues implements DocumentStream, Nested, HasParts, FetchedByIds {
  static final Field<String> STATE = Field.keyword("state");
  static final Field<String> AUTHOR = Field.keyword("author");
  static final Field<String> LABELS = Field.keyword("labels");
  static final Field<Instant> CREATED = Field.instant("created");
  static final Field<Instant> UPDATED = Field.instant("updated");
  static final Field<Boolean> PULL_REQUEST = Field.flag("pull_request");
  private static final Part COMMENTS = Part.named("comments");

  @Override
  public Kind kind() {
    return GitHub.ISSUE;
  }

  @Override
  public Kind parent() {
    return GitHub.REPOSITORY;
  }

  @Override
  public Ids ids() {
    return Ids.UNDER_PARENT;
  }

  @Override
  public Source source() {
    // Oldest first by creation: an edit between two pages shifts nothing, so no issue is missed.
    Listing all =
        Listing.of(
            at ->
                GitHub.get(
                        "/repos/{}/{}/issues",
                        Repositories.owner(at.parent()),
                        at.parent().text("name"))
                    .query("state", "all")
                    .query("sort", "created")
                    .query("direction", "asc")
                    .query("per_page", 100),
            "",
            Paging.link());
    return Source.listing(all)
        .changedSince(Duration.ofMinutes(1), (call, time) -> call.query("since", time));
  }

  @Override
  public List<PartListing> parts() {
    Listing comments =
        Listing.of(
                at ->
                    GitHub.get(
                            "/repos/{}/{}/issues/{}/comments",
                            Repositories.owner(at.parent()),
                            at.parent().text("name"),
                            at.item().number("number"))
                        .query("per_page", 100)
                        .conditional(),
                "",
                Paging.link())
            .onlyWhen(at -> at.item().number("comments") > 0);
    return List.of(PartListing.of(COMMENTS, Touches.RECORD, comments));
  }

  @Override
  public ByIds byIds() {
    return ByIds.each(
        (at, number) ->
            GitHub.get(
                "/repos/{}/{}/issues/{}",
                Repositories.owner(at.parent()),
                at.parent().text("name"),
                number));
  }

  @Override
  public String id(Item issue) {
    return issue.id("number");
  }

  @Override
  public Revision revision(Item issue) {
    return Revision.time(issue.instant("updated_at"));
  }

  @Override
  public Visibility visibility(Item issue) {
    return Visibility.declared("an issue is as visible as its repository");
  }

  @Override
  public Access access(Item issue) {
    return Access.inherited();
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public List<Field<?>> fields() {
    return List.of(STATE, AUTHOR, LABELS, CREATED, UPDATED, PULL_REQUEST);
  }

  @Override
  public Document transform(Item issue, Lookups lookups) {
    Document.Builder document =
        Document.titled(issue.text("title"))
            .body(issue.findText("body"))
            .field(STATE, issue.text("state"))
            .field(AUTHOR, author(issue))
            .fields(
                LABELS, issue.each("labels").stream().map(label -> label.idOf("", "name")).toList())
            .field(CREATED, issue.instant("created_at"))
            .field(UPDATED, issue.instant("updated_at"))
            .field(PULL_REQUEST, issue.has("pull_request"));
    for (Json comment : issue.part(COMMENTS)) {
      document.chunk(
          "comment-" + comment.id("id"),
          author(comment) + ": " + comment.findText("body").orElse(""));
    }
    return document.build();
  }

  @Override
  public Optional<URI> cite(Citation passage) {
    Optional<String> comment = passage.chunk().filter(key -> key.startsWith("comment-"));
    return CitationResolver.given(passage.item(), "html_url")
        .map(page -> comment.map(key -> URI.create(page + "#issue" + key)).orElse(page));
  }

  /** The user is null for a deleted account; GitHub shows it as "ghost". */
  private static String author(Json record) {
    return record.findText("user/login").orElse("ghost");
  }
}
