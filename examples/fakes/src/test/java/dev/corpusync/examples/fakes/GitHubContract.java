package dev.corpusync.examples.fakes;

import dev.corpusync.connector.Connector;
import dev.corpusync.examples.github.GitHub;
import dev.corpusync.testkit.wire.Changes;
import dev.corpusync.testkit.wire.JsonTree;
import dev.corpusync.testkit.wire.Pages;
import dev.corpusync.testkit.wire.Recording;
import dev.corpusync.testkit.wire.Records;
import dev.corpusync.testkit.wire.Wire;
import dev.corpusync.testkit.world.Thing;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Issues in repositories, with comments and collaborators, by {@code Link}. */
abstract class GitHubContract extends ExampleContract {
  private static final Pages PAGES = Pages.link("page").sized("per_page", 100);
  private static final Records REPOSITORIES =
      Records.of(
              "repository",
              r ->
                  JsonTree.object(
                      "id", r.number(),
                      "name", r.name(),
                      "full_name", "acme/" + r.name(),
                      "owner", JsonTree.object("login", "acme"),
                      "description", r.text(),
                      "private", r.isRestricted()))
          .restricted()
          .visibility("private", false, true);
  private static final Records ISSUES =
      Records.of(
              "issue",
              i ->
                  JsonTree.object(
                      "id", 1_000_000 + i.number(),
                      "number", i.number(),
                      "title", i.title(),
                      "body", i.text(),
                      "state", "open",
                      "comments", i.comments().size(),
                      "created_at", i.created(),
                      "updated_at", i.updated(),
                      "html_url", i.url(),
                      "user", JsonTree.object("login", i.author().login()),
                      "labels", List.of(JsonTree.object("name", "bug"))))
          .in(REPOSITORIES)
          .discussed();

  static final Wire WIRE =
      Wire.bearer()
          .tagged()
          .account("/user", JsonTree.object("id", 7, "login", "acme-bot"))
          .one(REPOSITORIES, GitHubContract::path)
          .readers(
              REPOSITORIES,
              r -> path(r) + "/collaborators",
              p -> JsonTree.object("login", p.login()),
              PAGES)
          .list(REPOSITORIES, r -> path(r) + "/issues", ISSUES, PAGES, Changes.since("since"))
          .one(ISSUES, i -> path(i.parent()) + "/issues/" + i.id())
          .comments(
              ISSUES,
              i -> path(i.parent()) + "/issues/" + i.id() + "/comments",
              c ->
                  JsonTree.object(
                      "id",
                      c.number(),
                      "body",
                      c.text(),
                      "user",
                      JsonTree.object("login", c.author().login())),
              PAGES)
          .setting("repositories", world -> names(world.listed("repository"), r -> true))
          .setting(
              "private_repositories",
              world -> names(world.listed("repository"), Thing::isRestricted));

  GitHubContract(On on) {
    super(on);
  }

  @Override
  protected Connector connector() {
    return new GitHub();
  }

  @Override
  protected Wire wire() {
    return WIRE;
  }

  @Override
  protected Optional<Recording> recording() {
    return RecordedExchanges.find().map(RecordedExchanges::recording);
  }

  private static String path(Thing repository) {
    return "/repos/acme/" + repository.name();
  }

  private static String names(List<Thing> repositories, Predicate<Thing> which) {
    return repositories.stream()
        .filter(which)
        .map(r -> "acme/" + r.name())
        .collect(Collectors.joining(","));
  }
}
