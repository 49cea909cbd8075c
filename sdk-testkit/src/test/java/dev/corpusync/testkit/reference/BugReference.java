package dev.corpusync.testkit.reference;

import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.Visibility;
import dev.corpusync.cite.Citation;
import dev.corpusync.cite.CitationResolver;
import dev.corpusync.connection.Descriptor;
import dev.corpusync.document.Document;
import dev.corpusync.document.Field;
import dev.corpusync.testkit.wire.Changes;
import dev.corpusync.testkit.wire.JsonTree;
import dev.corpusync.testkit.wire.Pages;
import dev.corpusync.testkit.wire.Records;
import dev.corpusync.testkit.wire.Wire;
import dev.corpusync.testkit.world.Thing;
import dev.corpusync.transform.Lookups;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A correct connector of a richer API: ids that are numbers, fields of each type, objects in
 * objects, a slug of the title in each link, on the site of the connection.
 */
public class BugReference extends ReferenceConnector {
  public static final Field<Long> PRIORITY = Field.number("priority");
  public static final Field<Boolean> URGENT = Field.flag("urgent");
  public static final Field<String> STATE = Field.keyword("state");
  public static final Field<String> TAGS = Field.keyword("tags");
  public static final Field<Instant> CHANGED = Field.instant("changed");

  private static final Records BUGS =
      Records.of(
              "ticket",
              t ->
                  JsonTree.object(
                      "id", t.number(),
                      "subject", t.title(),
                      "text", t.text(),
                      "updated_at", t.updated(),
                      "priority", 1 + t.number() % 3,
                      "urgent", t.number() % 2 == 0,
                      "state", "open",
                      "tags", List.of("office", "floor-" + t.number() % 5),
                      "assignee",
                          JsonTree.object("login", t.author().login(), "team", JsonTree.object()),
                      "slug", slug(t)))
          .visibility("access/level", "public", "private");

  public static final Wire WIRE =
      Wire.bearer()
          .list(
              "/tickets",
              BUGS,
              Pages.cursor("cursor", "next").in("data"),
              Changes.since("updated_after"));

  private static String slug(Thing thing) {
    return (thing.title() + " " + thing.number())
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^a-z0-9]+", "-");
  }

  @Override
  public String id(Item bug) {
    return bug.id("id");
  }

  @Override
  public Visibility visibility(Item bug) {
    return Visibility.allow(bug, "access/level", "public");
  }

  @Override
  public List<Field<?>> fields() {
    return List.of(PRIORITY, URGENT, STATE, TAGS, CHANGED);
  }

  @Override
  public Document transform(Item bug, Lookups lookups) {
    return made(bug).build();
  }

  public static Document.Builder made(Item bug) {
    return made(bug, bug.findNumber("priority"), urgent(bug));
  }

  public static Optional<Boolean> urgent(Item bug) {
    return bug.has("urgent") ? Optional.of(bug.flag("urgent")) : Optional.empty();
  }

  public static Document.Builder made(Item bug, Optional<Long> priority, Optional<Boolean> urgent) {
    return Document.titled(bug.text("subject"))
        .body(bug.findText("text"))
        .field(PRIORITY, priority)
        .field(URGENT, urgent)
        .field(STATE, bug.findText("state"))
        .fields(TAGS, bug.has("tags") ? tags(bug) : List.of())
        .field(CHANGED, bug.instant("updated_at"));
  }

  private static List<String> tags(Item bug) {
    return bug.each("tags").stream().map(tag -> tag.text("")).toList();
  }

  @Override
  public Optional<URI> cite(Citation passage) {
    Optional<String> slug = passage.item().findText("slug").filter(s -> !s.isBlank());
    return CitationResolver.link(
        passage.item().setting(Descriptor.BASE_URL) + "/browse/{}",
        slug.orElse(passage.item().id("id")));
  }
}
