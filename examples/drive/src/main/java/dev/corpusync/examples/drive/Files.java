package dev.corpusync.examples.drive;

import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.Json;
import dev.corpusync.artifact.Part;
import dev.corpusync.artifact.Revision;
import dev.corpusync.artifact.Visibility;
import dev.corpusync.cite.Citation;
import dev.corpusync.cite.CitationResolver;
import dev.corpusync.connector.DocumentStream;
import dev.corpusync.connector.HasParts;
import dev.corpusync.document.Access;
import dev.corpusync.document.Document;
import dev.corpusync.document.Field;
import dev.corpusync.document.Kind;
import dev.corpusync.document.Principal;
import dev.corpusync.examples.drive.DriveDelta.Takes;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Listing;
import dev.corpusync.extract.Paging;
import dev.corpusync.extract.PartListing;
import dev.corpusync.extract.PartListing.Touches;
import dev.corpusync.extract.Source;
import dev.corpusync.extract.Source.Changes;
import dev.corpusync.transform.Lookups;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A file: its metadata, its path, and its readers by its own permissions. */
final class Files implements DocumentStream, HasParts {
  static final Field<String> TYPE = Field.keyword("type");
  static final Field<String> PATH = Field.keyword("path");
  static final Field<Instant> CHANGED = Field.instant("changed");
  private static final Part PERMISSIONS = Part.named("permissions");
  private static final Map<String, Principal> WIDE =
      Map.of("organization", Principal.organisation(), "anonymous", Principal.anyone());

  @Override
  public Kind kind() {
    return Drive.FILE;
  }

  @Override
  public Source source() {
    return Source.extractor(new DriveDelta(Takes.FILES), Changes.TOKEN);
  }

  @Override
  public List<PartListing> parts() {
    // The list includes permissions of the folders above; a change of those does not change the
    // file. A file that is shared with everyone needs no list.
    Listing permissions =
        Listing.of(
                at -> Call.get("/drive/items/{}/permissions", at.item().id("id")),
                "value",
                Paging.nextUrlOmittedAtEnd("@odata.nextLink"))
            .onlyWhen(at -> !isWide(at.item()));
    return List.of(PartListing.of(PERMISSIONS, Touches.NOTHING, permissions));
  }

  @Override
  public String id(Item file) {
    return file.id("id");
  }

  /** A move does not change the time. Of two equal times, the record that was read last wins. */
  @Override
  public Revision revision(Item file) {
    return Revision.time(file.instant("lastModifiedDateTime"));
  }

  /** A file that is checked out is a draft of one person. */
  @Override
  public Visibility visibility(Item file) {
    return Visibility.allow(file, "publication/level", "published");
  }

  @Override
  public Access access(Item file) {
    return isWide(file)
        ? Access.known(List.of(file), f -> Principal.fromTable(f.findText("shared/scope"), WIDE))
        : Access.known(
            file.part(PERMISSIONS).stream().flatMap(Files::grants).toList(), grant -> grant);
  }

  private static boolean isWide(Item file) {
    return Visibility.allow(file, "shared/scope", WIDE.keySet()).isVisible();
  }

  /** The readers of one permission: a link for everyone, a link for some people, or one person. */
  private static Stream<Optional<Principal>> grants(Json permission) {
    Optional<String> link = permission.findText("link/scope").filter(s -> !s.equals("users"));
    if (link.isPresent()) {
      return Stream.of(Principal.fromTable(link, WIDE));
    }
    return permission.has("grantedToIdentitiesV2")
        ? permission.each("grantedToIdentitiesV2").stream().map(Files::principal)
        : Stream.of(permission.find("grantedToV2").flatMap(Files::principal));
  }

  /**
   * Returns the principal; empty for an application or an unknown form, which makes the access
   * unknown.
   */
  private static Optional<Principal> principal(Json identity) {
    return identity
        .findText("user/email")
        .map(Principal::email)
        .or(() -> identity.findId("group/id").map(Principal::group));
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public List<Field<?>> fields() {
    return List.of(TYPE, PATH, CHANGED);
  }

  @Override
  public Document transform(Item file, Lookups lookups) {
    return Document.titled(file.text("name"))
        .body(file.findText("description"))
        .field(TYPE, file.findText("file/mimeType"))
        .field(PATH, Folders.path(file, lookups))
        .field(CHANGED, file.instant("lastModifiedDateTime"))
        .build();
  }

  @Override
  public Optional<URI> cite(Citation passage) {
    return CitationResolver.given(passage.item(), "webUrl");
  }
}
