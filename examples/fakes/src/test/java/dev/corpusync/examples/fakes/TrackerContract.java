package dev.corpusync.examples.fakes;

import dev.corpusync.connector.Connector;
import dev.corpusync.examples.tracker.Tracker;
import dev.corpusync.testkit.wire.Changes;
import dev.corpusync.testkit.wire.JsonTree;
import dev.corpusync.testkit.wire.Pages;
import dev.corpusync.testkit.wire.Records;
import dev.corpusync.testkit.wire.Wire;
import dev.corpusync.testkit.world.Person;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Boards of items, some for their subscribers only, over GraphQL: items by cursor and by ids,
 * updates by page number, and a change log of each board that is kept for a week.
 */
abstract class TrackerContract extends ExampleContract {
  private static final Records BOARDS =
      Records.of(
              "board",
              b ->
                  JsonTree.object(
                      "id", b.id(),
                      "name", b.title(),
                      "type", "board",
                      "board_kind", b.isRestricted() ? "private" : "public",
                      "workspace", JsonTree.object("kind", "open"),
                      "owners", people(b.readers().stream().limit(1)),
                      "subscribers", people(b.readers().stream().skip(1)),
                      "team_owners", List.of(),
                      "team_subscribers", List.of()))
          .restrictedQuietly()
          .visibility("state", "active", "archived");
  private static final Records ITEMS =
      Records.of(
              "item",
              i ->
                  JsonTree.object(
                      "id", i.id(),
                      "name", i.title(),
                      "url", i.url(),
                      "updated_at", i.updated(),
                      "group", JsonTree.object("title", "To do"),
                      "column_values",
                          List.of(
                              JsonTree.object(
                                  "text", i.text(), "column", JsonTree.object("title", "Details"))),
                      "updates",
                          i.comments().stream()
                              .limit(1)
                              .map(u -> JsonTree.object("id", Integer.toString(u.number())))
                              .toList()))
          .in(BOARDS)
          .discussed()
          .visibility("state", "active", "archived");

  static final Wire WIRE =
      Wire.apiKey("authorization")
          .graphql("/v2", "board", "item")
          .list("/v2/Boards", BOARDS, Pages.numbered("page", 1).in("data/boards"))
          .list(
              BOARDS,
              b -> "/v2/Items/" + b.id(),
              ITEMS,
              Pages.cursor("cursor", "data/boards/0/items_page/cursor")
                  .in("data/boards/0/items_page/items"),
              Changes.none())
          .exactBatch(
              BOARDS,
              b -> "/v2/SomeItems/" + b.id(),
              "ids",
              ITEMS,
              "data/boards/0/items_page/items",
              100)
          .log(
              BOARDS,
              b -> "/v2/Log/" + b.id(),
              ITEMS,
              i -> JsonTree.object("data", "{\"pulse_id\":" + i.number() + "}"),
              Pages.numbered("page", 1).in("data/boards/0/activity_logs"),
              Changes.since("from"),
              Duration.ofDays(7))
          .comments(
              ITEMS,
              i -> "/v2/Updates/" + i.id(),
              u ->
                  JsonTree.object(
                      "id", Integer.toString(u.number()),
                      "text_body", u.text(),
                      "creator", JsonTree.object("name", u.author().name())),
              Pages.numbered("page", 1).in("data/items/0/updates"));

  TrackerContract(On on) {
    super(on);
  }

  @Override
  protected Connector connector() {
    return new Tracker();
  }

  @Override
  protected Wire wire() {
    return WIRE;
  }

  private static List<?> people(Stream<Person> named) {
    return named.map(p -> JsonTree.object("email", p.email())).toList();
  }
}
