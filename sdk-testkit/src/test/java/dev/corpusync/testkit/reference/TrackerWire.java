package dev.corpusync.testkit.reference;

import dev.corpusync.testkit.wire.Changes;
import dev.corpusync.testkit.wire.JsonTree;
import dev.corpusync.testkit.wire.Pages;
import dev.corpusync.testkit.wire.Records;
import dev.corpusync.testkit.wire.Wire;
import dev.corpusync.testkit.world.Comment;
import dev.corpusync.testkit.world.Person;
import dev.corpusync.testkit.world.Thing;
import tools.jackson.databind.node.ObjectNode;

/**
 * The API of {@link TrackerReference}: issues in projects, both with readers of their own where
 * they are for their members only, with comments, and written by people who are listed apart.
 */
public final class TrackerWire {
  static final Records PROJECTS =
      Records.of(
              "project",
              p -> JsonTree.object("id", p.id(), "name", p.title(), "visibility", sight(p, "open")))
          .ids(number -> "P-" + number)
          .restrictedQuietly()
          .visibility("visibility", "open", "secret");

  static final Records ISSUES =
      Records.of(
              "issue",
              i ->
                  JsonTree.object(
                      "id",
                      i.id(),
                      "title",
                      i.title(),
                      "text",
                      i.text(),
                      "author_id",
                      i.author().number(),
                      "updated_at",
                      i.updated(),
                      "visibility",
                      sight(i, "normal")))
          .ids(number -> "I-" + number)
          .in(PROJECTS)
          .discussed()
          .restricted()
          .visibility("visibility", "normal", "private");

  private static final Pages BY_CURSOR = Pages.cursor("cursor", "next").in("data");

  public static final Wire WIRE = over(Pages.link("page").sized("per_page", 100));

  private TrackerWire() {}

  /** The same API with another family of paging for issues. */
  public static Wire over(Pages issues) {
    return Wire.bearer()
        .people("/people", TrackerWire::person, BY_CURSOR)
        .list("/projects", PROJECTS, BY_CURSOR)
        .readers(PROJECTS, p -> path(p) + "/members", TrackerWire::person, BY_CURSOR)
        .list(PROJECTS, p -> path(p) + "/issues", ISSUES, issues, Changes.since("updated_after"))
        .one(ISSUES, TrackerWire::path)
        .comments(ISSUES, i -> path(i) + "/comments", TrackerWire::comment, BY_CURSOR)
        .readers(ISSUES, i -> path(i) + "/readers", TrackerWire::person, BY_CURSOR);
  }

  private static String path(Thing thing) {
    return thing.findParent().map(p -> path(p) + "/issues/").orElse("/projects/") + thing.id();
  }

  private static String sight(Thing thing, String open) {
    return thing.isRestricted() ? "members" : open;
  }

  private static ObjectNode person(Person p) {
    return JsonTree.object(
        "id", p.number(), "name", p.name(), "email", p.email(), "boss_id", p.boss());
  }

  private static ObjectNode comment(Comment c) {
    return JsonTree.object("id", c.number(), "author_id", c.author().number(), "text", c.text());
  }
}
