package dev.corpusync.testkit.engine;

import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.Json;
import dev.corpusync.artifact.Part;
import dev.corpusync.artifact.Revision;
import dev.corpusync.artifact.Visibility;
import dev.corpusync.auth.AuthScheme;
import dev.corpusync.cite.Citation;
import dev.corpusync.connection.Descriptor;
import dev.corpusync.connection.Setting;
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
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * People, spaces with members, folders in them, pages with readers and comments in those. What is
 * answered about them can be replaced.
 */
final class Wiki implements Connector {
  static final Setting<String> GROUP = Setting.text("group", "Group");
  static final Setting<String> OTHER = Setting.text("other", "Other");
  static final Kind PERSON = Kind.of("person");
  static final Kind SPACE = Kind.of("space");
  static final Kind FOLDER = Kind.of("folder");
  static final Kind PAGE = Kind.of("page");
  static final Part MEMBERS = Part.named("members");
  static final Part READERS = Part.named("readers");
  static final Part COMMENTS = Part.named("comments");

  int spaceVersion = 1;
  int pageVersion = 1;
  Function<Item, Access> spaceAccess = space -> readers(space.each("readers"));
  Function<Item, Access> pageAccess = page -> readers(page.each("readers"));
  Function<Item, Visibility> spaceVisibility = space -> Visibility.declared("a test");
  Function<Item, Visibility> pageVisibility = page -> Visibility.declared("a test");
  BiFunction<Item, Lookups, String> pageText = (page, lookups) -> page.text("text");
  Function<Item, Revision> pageRevision = page -> Revision.content();
  List<Part> spaceParts = List.of();
  List<Part> pageParts = List.of();

  /** A setting that the path of parts ends with. */
  Optional<Setting<String>> partsUnder = Optional.empty();

  /** How often a document was derived. */
  int derived;

  static Access readers(List<Json> names) {
    return Access.known(names, name -> Optional.of(Principal.user(name.tree().stringValue())));
  }

  @Override
  public Descriptor descriptor() {
    return Descriptor.of("wiki", "Wiki", "https://wiki.example")
        .auth(AuthScheme.bearer())
        .settings(GROUP, OTHER)
        .build();
  }

  @Override
  public List<Stream> streams() {
    return List.of(new People(), new Spaces(), new Folders(), new Pages());
  }

  private static Listing listing(Function<dev.corpusync.extract.At, Call> call) {
    return Listing.of(call, "data", Paging.cursor("cursor", "next"));
  }

  private List<PartListing> listed(List<Part> parts, String of) {
    return parts.stream()
        .map(
            part ->
                PartListing.of(
                    part,
                    Touches.RECORD,
                    listing(
                        at ->
                            Call.get(
                                "/"
                                    + of
                                    + "/{}/"
                                    + part.name()
                                    + partsUnder.map(s -> "/" + at.setting(s)).orElse(""),
                                at.item().id("id")))))
        .toList();
  }

  private final class People implements ReferenceStream {
    @Override
    public Kind kind() {
      return PERSON;
    }

    @Override
    public Source source() {
      return Source.listing(listing(at -> Call.get("/people"))).relisted();
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

  private final class Spaces implements ContainerStream, HasParts, FetchedByIds {
    @Override
    public Kind kind() {
      return SPACE;
    }

    @Override
    public Source source() {
      return Source.listing(listing(at -> Call.get("/spaces"))).relisted();
    }

    @Override
    public ByIds byIds() {
      return ByIds.each((at, id) -> Call.get("/space/{}", id));
    }

    @Override
    public List<PartListing> parts() {
      return listed(spaceParts, "spaces");
    }

    @Override
    public String id(Item space) {
      return space.id("id");
    }

    @Override
    public int version() {
      return spaceVersion;
    }

    @Override
    public Visibility visibility(Item space) {
      return spaceVisibility.apply(space);
    }

    @Override
    public Access access(Item space) {
      return spaceAccess.apply(space);
    }
  }

  private final class Folders implements ContainerStream, Nested {
    @Override
    public Kind kind() {
      return FOLDER;
    }

    @Override
    public Kind parent() {
      return SPACE;
    }

    @Override
    public Ids ids() {
      return Ids.EVERYWHERE;
    }

    @Override
    public Source source() {
      return Source.listing(listing(at -> Call.get("/spaces/{}/folders", at.parent().id("id"))))
          .relisted();
    }

    @Override
    public String id(Item folder) {
      return folder.id("id");
    }

    @Override
    public Visibility visibility(Item folder) {
      return Visibility.declared("a test");
    }

    @Override
    public Access access(Item folder) {
      return Access.inherited();
    }
  }

  private final class Pages implements DocumentStream, Nested, HasParts, FetchedByIds {
    @Override
    public Kind kind() {
      return PAGE;
    }

    @Override
    public Kind parent() {
      return FOLDER;
    }

    @Override
    public Ids ids() {
      return Ids.EVERYWHERE;
    }

    @Override
    public Source source() {
      return Source.listing(listing(at -> Call.get("/folders/{}/pages", at.parent().id("id"))))
          .changedSince(Duration.ofMinutes(1), (call, t) -> call.query("since", t));
    }

    @Override
    public ByIds byIds() {
      return ByIds.each((at, id) -> Call.get("/page/{}", id));
    }

    @Override
    public List<PartListing> parts() {
      return listed(pageParts, "pages");
    }

    @Override
    public String id(Item page) {
      return page.id("id");
    }

    @Override
    public Revision revision(Item page) {
      return pageRevision.apply(page);
    }

    @Override
    public Visibility visibility(Item page) {
      return pageVisibility.apply(page);
    }

    @Override
    public Access access(Item page) {
      return pageAccess.apply(page);
    }

    @Override
    public int version() {
      return pageVersion;
    }

    @Override
    public Document transform(Item page, Lookups lookups) {
      derived++;
      return Document.titled(page.id("id")).body(pageText.apply(page, lookups)).build();
    }

    @Override
    public Optional<URI> cite(Citation passage) {
      return Optional.empty();
    }
  }
}
