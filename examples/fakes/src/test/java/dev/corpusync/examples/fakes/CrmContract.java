package dev.corpusync.examples.fakes;

import dev.corpusync.connector.Connector;
import dev.corpusync.examples.crm.Crm;
import dev.corpusync.testkit.wire.Changes;
import dev.corpusync.testkit.wire.JsonTree;
import dev.corpusync.testkit.wire.Pages;
import dev.corpusync.testkit.wire.Records;
import dev.corpusync.testkit.wire.Wire;
import dev.corpusync.testkit.world.Comment;
import dev.corpusync.testkit.world.Person;
import dev.corpusync.testkit.world.Thing;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Deals by offset, with notes, followers and users; labels and custom fields have endpoints of
 * their own.
 */
abstract class CrmContract extends ExampleContract {
  static final String DESCRIPTION = "9dc80c50d78a15643bfc4ca79d76156a73a1ca0e";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
  private static final Pages PAGES =
      Pages.offsetWhile(
              "start",
              "additional_data/pagination/next_start",
              "additional_data/pagination/more_items_in_collection")
          .sized("limit", 500)
          .in("data")
          .nullWhenEmpty();
  private static final Pages WHOLE = Pages.single().in("data").nullWhenEmpty();
  private static final Records DEALS =
      Records.of("deal", CrmContract::deal)
          .discussed()
          .restrictedQuietly()
          .visibility("status", "open", "deleted");

  static final Wire WIRE = over(Wire.bearer());

  CrmContract(On on) {
    super(on);
  }

  @Override
  protected Connector connector() {
    return new Crm();
  }

  @Override
  protected Wire wire() {
    return WIRE;
  }

  /** The API with authentication of its own. */
  static Wire over(Wire door) {
    return door.people("/users", CrmContract::user, WHOLE)
        .always("/dealFields", List.of(labels("Hot"), description()), PAGES)
        .list("/deals", DEALS, PAGES, Changes.none())
        .comments(DEALS, d -> "/notes?deal_id=" + d.id(), CrmContract::note, PAGES)
        .readers(
            DEALS,
            d -> "/deals/" + d.id() + "/followers",
            p -> JsonTree.object("id", 7_000_000 + p.number(), "user_id", p.number()),
            PAGES)
        .setting("company", world -> "acme");
  }

  static ObjectNode labels(String hot) {
    return JsonTree.object(
        "key",
        "label",
        "name",
        "Label",
        "field_type",
        "set",
        "options",
        List.of(
            JsonTree.object("id", 11, "label", hot, "color", "red"),
            JsonTree.object("id", 12, "label", "Cold", "color", "blue")));
  }

  static ObjectNode description() {
    return JsonTree.object("key", DESCRIPTION, "name", "Description", "field_type", "text");
  }

  private static ObjectNode deal(Thing d) {
    // Only the owner and the followers may read it: here the owner is a follower, too.
    Optional<Person> owner =
        d.isRestricted() ? d.readers().stream().findFirst() : Optional.of(d.author());
    return JsonTree.object(
        "id",
        d.number(),
        "title",
        d.title(),
        "user_id",
        owner.map(CrmContract::user).orElse(null),
        "label",
        "11,12",
        "visible_to",
        d.isRestricted() ? "1" : "7",
        "notes_count",
        d.comments().size(),
        "add_time",
        time(d.created()),
        "update_time",
        time(d.updated()),
        DESCRIPTION,
        d.text());
  }

  private static ObjectNode note(Comment c) {
    return JsonTree.object(
        "id", c.number(),
        "content", c.text(),
        "user_id", c.author().number(),
        "user", JsonTree.object("name", c.author().name(), "email", c.author().email()),
        "add_time", time(c.written()));
  }

  private static ObjectNode user(Person p) {
    return JsonTree.object("id", p.number(), "name", p.name(), "email", p.email());
  }

  private static String time(Instant instant) {
    return TIME.format(instant);
  }
}
