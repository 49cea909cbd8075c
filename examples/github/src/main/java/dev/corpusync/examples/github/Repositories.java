package dev.corpusync.examples.github;

import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.Part;
import dev.corpusync.artifact.Revision;
import dev.corpusync.artifact.Visibility;
import dev.corpusync.connector.ContainerStream;
import dev.corpusync.connector.HasParts;
import dev.corpusync.document.Access;
import dev.corpusync.document.Kind;
import dev.corpusync.document.Principal;
import dev.corpusync.extract.At;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Listing;
import dev.corpusync.extract.Paging;
import dev.corpusync.extract.PartListing;
import dev.corpusync.extract.PartListing.Touches;
import dev.corpusync.extract.Source;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A repository: the container of its issues, with their readers. */
final class Repositories implements ContainerStream, HasParts {
  private static final Part COLLABORATORS = Part.named("collaborators");
  private static final Map<String, Principal> WIDE = Map.of("public", Principal.anyone());

  @Override
  public Kind kind() {
    return GitHub.REPOSITORY;
  }

  @Override
  public Source source() {
    return Source.each(at -> at.setting(GitHub.REPOSITORIES), Repositories::one);
  }

  @Override
  public List<PartListing> parts() {
    // Adding or removing a collaborator does not change the repository itself.
    Listing readers =
        Listing.of(
                at ->
                    GitHub.get(
                            "/repos/{}/{}/collaborators", owner(at.item()), at.item().text("name"))
                        .query("per_page", 100)
                        .conditional(),
                "",
                Paging.link())
            .onlyWhen(at -> !isPublic(at.item()));
    return List.of(PartListing.of(COLLABORATORS, Touches.NOTHING, readers));
  }

  @Override
  public String id(Item repository) {
    return repository.id("id");
  }

  @Override
  public Revision revision(Item repository) {
    return Revision.content();
  }

  @Override
  public Visibility visibility(Item repository) {
    return Visibility.allow(repository, "private", false)
        .or(
            Visibility.allow(
                repository, "full_name", repository.setting(GitHub.PRIVATE_REPOSITORIES)));
  }

  @Override
  public Access access(Item repository) {
    if (isPublic(repository)) {
      return Access.known(List.of("public"), sort -> Principal.fromTable(Optional.of(sort), WIDE));
    }
    return Access.known(
        repository.part(COLLABORATORS), person -> person.findText("login").map(Principal::user));
  }

  static String owner(Item repository) {
    return repository.text("owner/login");
  }

  private static boolean isPublic(Item repository) {
    return Visibility.allow(repository, "private", false).isVisible();
  }

  private static Call one(At at, String ownerAndName) {
    String[] names = ownerAndName.split("/", 2);
    return GitHub.get("/repos/{}/{}", names[0], names.length > 1 ? names[1] : "").conditional();
  }
}
