package dev.corpusync.testkit.reference;

import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.Json;
import dev.corpusync.artifact.Part;
import dev.corpusync.artifact.Revision;
import dev.corpusync.artifact.Visibility;
import dev.corpusync.auth.AuthScheme;
import dev.corpusync.cite.Citation;
import dev.corpusync.cite.CitationResolver;
import dev.corpusync.connection.Descriptor;
import dev.corpusync.connector.Connector;
import dev.corpusync.connector.ContainerStream;
import dev.corpusync.connector.DocumentStream;
import dev.corpusync.connector.FetchedByIds;
import dev.corpusync.connector.HasParts;
import dev.corpusync.connector.Nested;
import dev.corpusync.connector.ReferenceStream;
import dev.corpusync.connector.Stream;
import dev.corpusync.document.Access;
import dev.corpusync.document.Document;
import dev.corpusync.document.Field;
import dev.corpusync.document.Kind;
import dev.corpusync.document.Principal;
import dev.corpusync.extract.ByIds;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Listing;
import dev.corpusync.extract.Paging;
import dev.corpusync.extract.PartListing;
import dev.corpusync.extract.PartListing.Touches;
import dev.corpusync.extract.Source;
import dev.corpusync.transform.Lookups;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A correct connector for {@link TrackerWire}: containers with readers, nested issues with ids
 * under their parent, parts, people as references. A mutant overrides one of its streams.
 */
public class TrackerReference implements Connector {
  public static final Kind PERSON = Kind.of("person");
  static final Kind PROJECT = Kind.of("project");
  static final Kind ISSUE = Kind.of("issue");
  public static final Part READERS = Part.named("readers");
  static final Part COMMENTS = Part.named("comments");
  static final Map<String, Principal> EVERYONE = Map.of("open", Principal.organisation());

  @Override
  public Descriptor descriptor() {
    return Descriptor.of("tracker", "Tracker", "https://api.tracker.example")
        .auth(AuthScheme.bearer())
        .build();
  }

  @Override
  public final List<Stream> streams() {
    return List.of(people(), projects(), issues());
  }

  public ReferenceStream people() {
    return new People();
  }

  public ContainerStream projects() {
    return new Projects();
  }

  public DocumentStream issues() {
    return new Issues();
  }

  public static Listing all(String path) {
    return Listing.of(at -> Call.get(path), "data", Paging.cursor("cursor", "next"));
  }

  /** Those who may read a thing whose readers are listed. */
  public static Access listed(Item item) {
    return Access.known(
        item.part(READERS), reader -> reader.findText("email").map(Principal::email));
  }

  public static boolean isForMembers(Item item) {
    return Visibility.allow(item, "visibility", "members").isVisible();
  }

  /** Who writes. */
  static class People implements ReferenceStream {
    @Override
    public Kind kind() {
      return PERSON;
    }

    @Override
    public Source source() {
      return Source.listing(all("/people")).relisted();
    }

    @Override
    public String id(Item person) {
      return person.id("id");
    }

    @Override
    public String name(Item person) {
      return person.text("name");
    }
  }

  /** What issues are in. */
  public static class Projects implements ContainerStream, HasParts {
    @Override
    public Kind kind() {
      return PROJECT;
    }

    @Override
    public Source source() {
      return Source.listing(all("/projects")).relisted();
    }

    @Override
    public List<PartListing> parts() {
      // Joining a project does not touch it.
      Listing members =
          Listing.of(
              at -> Call.get("/projects/{}/members", at.item().id("id")),
              "data",
              Paging.cursor("cursor", "next"));
      return List.of(
          PartListing.of(
              READERS, Touches.NOTHING, members.onlyWhen(at -> isForMembers(at.item()))));
    }

    @Override
    public String id(Item project) {
      return project.id("id");
    }

    @Override
    public Visibility visibility(Item project) {
      return Visibility.allow(project, "visibility", "open", "members");
    }

    @Override
    public Access access(Item project) {
      return isForMembers(project)
          ? listed(project)
          : Access.known(
              List.of(project), p -> Principal.fromTable(p.findText("visibility"), EVERYONE));
    }
  }

  /** What people search. */
  public static class Issues implements DocumentStream, Nested, HasParts, FetchedByIds {
    static final Field<String> AUTHOR = Field.keyword("author");

    @Override
    public Kind kind() {
      return ISSUE;
    }

    @Override
    public Kind parent() {
      return PROJECT;
    }

    @Override
    public Ids ids() {
      return Ids.UNDER_PARENT;
    }

    @Override
    public Source source() {
      return changed(Paging.link(), "");
    }

    public static Source changed(Paging paging, String records) {
      return Source.listing(
              Listing.of(
                  at ->
                      Call.get("/projects/{}/issues", at.parent().id("id")).query("per_page", 100),
                  records,
                  paging))
          .changedSince(Duration.ofSeconds(10), (call, time) -> call.query("updated_after", time));
    }

    @Override
    public ByIds byIds() {
      return ByIds.each((at, id) -> Call.get("/projects/{}/issues/{}", at.parent().id("id"), id));
    }

    @Override
    public List<PartListing> parts() {
      return List.of(
          PartListing.of(COMMENTS, Touches.RECORD, below("comments")),
          PartListing.of(
              READERS, Touches.RECORD, below("readers").onlyWhen(at -> isForMembers(at.item()))));
    }

    public static Listing below(String part) {
      return Listing.of(
          at ->
              Call.get("/projects/{}/issues/{}/" + part, at.parent().id("id"), at.item().id("id")),
          "data",
          Paging.cursor("cursor", "next"));
    }

    @Override
    public String id(Item issue) {
      return issue.id("id");
    }

    @Override
    public Revision revision(Item issue) {
      return Revision.time(issue.instant("updated_at"));
    }

    @Override
    public Visibility visibility(Item issue) {
      return Visibility.allow(issue, "visibility", "normal", "members");
    }

    @Override
    public Access access(Item issue) {
      return isForMembers(issue) ? listed(issue) : Access.inherited();
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
    public Document transform(Item issue, Lookups lookups) {
      Document.Builder document =
          Document.titled(issue.text("title"))
              .body(issue.text("text"))
              .field(AUTHOR, author(issue, lookups));
      // Pages of comments may overlap.
      Set<String> told = new HashSet<>();
      for (Json comment : issue.part(COMMENTS)) {
        if (told.add(comment.id("id"))) {
          document.chunk(
              "comment-" + comment.id("id"),
              author(comment, lookups) + ": " + comment.text("text"));
        }
      }
      return document.build();
    }

    /** The number of someone whom the source does not know any more. */
    public String author(Json record, Lookups lookups) {
      String id = record.id("author_id");
      return lookups.name(PERSON, id).orElse("no. " + id);
    }

    @Override
    public Optional<URI> cite(Citation passage) {
      return CitationResolver.link(
          "https://tracker.example/{}/{}",
          passage.item().parent().id("id"),
          passage.item().id("id"));
    }
  }
}
