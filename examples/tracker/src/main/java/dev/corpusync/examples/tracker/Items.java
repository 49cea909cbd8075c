package dev.corpusync.examples.tracker;

import dev.corpusync.artifact.Item;
import dev.corpusync.artifact.Json;
import dev.corpusync.artifact.Part;
import dev.corpusync.artifact.Revision;
import dev.corpusync.artifact.Visibility;
import dev.corpusync.cite.Citation;
import dev.corpusync.cite.CitationResolver;
import dev.corpusync.connector.DocumentStream;
import dev.corpusync.connector.HasParts;
import dev.corpusync.connector.Nested;
import dev.corpusync.document.Access;
import dev.corpusync.document.Document;
import dev.corpusync.document.Field;
import dev.corpusync.document.Kind;
import dev.corpusync.extract.ByIds;
import dev.corpusync.extract.ChangeLog;
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
import java.util.Map;
import java.util.Optional;

/** An item with its columns and its updates: one document, one chunk per update. */
final class Items implements DocumentStream, Nested, HasParts {
  static final Field<String> GROUP = Field.keyword("group");
  static final Field<Instant> UPDATED = Field.instant("updated");
  private static final Part UPDATES = Part.named("updates");

  /** Requests one update with each item, to know which items have any. */
  private static final String FIELDS =
      """
      id name state url updated_at group { title }
      column_values { text column { title } }
      updates(limit: 1) { id }\
      """;

  private static final String ALL =
      """
      query Items($board: ID!, $cursor: String) {
        boards(ids: [$board]) { items_page(limit: 100, cursor: $cursor) { cursor items { %s } } }
      }\
      """
          .formatted(FIELDS);

  private static final String SOME =
      """
      query SomeItems($board: ID!, $ids: [ID!]) {
        boards(ids: [$board]) { items_page(limit: 100, query_params: { ids: $ids }) { items { %s } } }
      }\
      """
          .formatted(FIELDS);

  private static final String LOG =
      """
      query Log($board: ID!, $from: ISO8601DateTime!, $page: Int = 1) {
        boards(ids: [$board]) { activity_logs(limit: 1000, page: $page, from: $from) { data } }
      }\
      """;

  private static final String UPDATES_OF_ONE =
      """
      query Updates($item: ID!, $page: Int = 1) {
        items(ids: [$item]) {
          updates(limit: 100, page: $page) { id text_body creator { name } }
        }
      }\
      """;

  @Override
  public Kind kind() {
    return Tracker.ITEM;
  }

  @Override
  public Kind parent() {
    return Tracker.BOARD;
  }

  /**
   * The log of a board names only its own items: an item that moves leaves one log and enters
   * another.
   */
  @Override
  public Ids ids() {
    return Ids.UNDER_PARENT;
  }

  @Override
  public Source source() {
    Listing all =
        Listing.of(
            at -> Tracker.query(ALL, Map.of("board", at.parent().id("id"))),
            "data/boards/0/items_page/items",
            Paging.cursor("cursor", "data/boards/0/items_page/cursor"));
    Listing entries =
        Listing.of(
            at -> Tracker.query(LOG, Map.of("board", at.parent().id("id"))),
            "data/boards/0/activity_logs",
            Paging.numbered("page", 1));
    // The smallest plan keeps a week of the log; no plan returns more than ten thousand entries.
    return Source.listing(all)
        .logged(
            ChangeLog.of(
                    entries,
                    (call, since) -> call.variable("from", since),
                    entry -> entry.parsed("data").findId("pulse_id"),
                    Duration.ofDays(7),
                    Duration.ofMinutes(2),
                    byIds())
                .cappedAt(10_000));
  }

  /**
   * Requests the items from the board, not from the account: an item that is not on this board now
   * is missing from it.
   */
  private static ByIds byIds() {
    return ByIds.batch(
            100,
            (at, ids) -> Tracker.query(SOME, Map.of("board", at.parent().id("id"), "ids", ids)),
            "data/boards/0/items_page/items")
        .missingAreGone();
  }

  @Override
  public List<PartListing> parts() {
    // Whether the log contains an edited update is not documented.
    Listing updates =
        Listing.of(
                at -> Tracker.query(UPDATES_OF_ONE, Map.of("item", at.item().id("id"))),
                "data/items/0/updates",
                Paging.numbered("page", 1))
            .onlyWhen(at -> !at.item().each("updates").isEmpty());
    return List.of(PartListing.of(UPDATES, Touches.NOTHING, updates));
  }

  @Override
  public String id(Item item) {
    return item.id("id");
  }

  @Override
  public Revision revision(Item item) {
    return Revision.time(item.instant("updated_at"));
  }

  @Override
  public Visibility visibility(Item item) {
    return Visibility.allow(item, "state", "active");
  }

  @Override
  public Access access(Item item) {
    return Access.inherited();
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public List<Field<?>> fields() {
    return List.of(GROUP, UPDATED);
  }

  @Override
  public Document transform(Item item, Lookups lookups) {
    StringBuilder columns = new StringBuilder();
    for (Json value : item.each("column_values")) {
      value
          .findText("text")
          .filter(text -> !text.isBlank())
          .ifPresent(text -> columns.append(value.text("column/title") + ": " + text + "\n\n"));
    }
    Document.Builder document =
        Document.titled(item.text("name"))
            .body(Optional.of(columns.toString()))
            .field(GROUP, item.findText("group/title"))
            .field(UPDATED, item.instant("updated_at"));
    for (Json update : item.part(UPDATES)) {
      document.chunk(
          "update-" + update.id("id"),
          update.findText("creator/name").orElse("Someone")
              + ": "
              + update.findText("text_body").orElse(""));
    }
    return document.build();
  }

  @Override
  public Optional<URI> cite(Citation passage) {
    Optional<String> update =
        passage.chunk().filter(key -> key.startsWith("update-")).map(key -> key.substring(7));
    return CitationResolver.given(passage.item(), "url")
        .map(page -> update.map(id -> URI.create(page + "/posts/" + id)).orElse(page));
  }
}
