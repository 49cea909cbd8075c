package dev.corpusync.examples.fakes;

import dev.corpusync.connector.Connector;
import dev.corpusync.examples.support.SupportDesk;
import dev.corpusync.testkit.wire.Changes;
import dev.corpusync.testkit.wire.JsonTree;
import dev.corpusync.testkit.wire.Pages;
import dev.corpusync.testkit.wire.Records;
import dev.corpusync.testkit.wire.Wire;
import dev.corpusync.testkit.world.World;
import java.time.Duration;

/**
 * A search by time of change, sent as POST, with a cursor. It returns at most 30 days and answers
 * 400 to longer windows.
 */
abstract class SupportContract extends ExampleContract {
  private static final Duration LONGEST = Duration.ofDays(30);
  private static final Records CONVERSATIONS =
      Records.of(
              "conversation",
              c ->
                  JsonTree.object(
                      "id", c.id(),
                      "title", c.title(),
                      "body_html", c.text(),
                      "state", "waiting_on_you",
                      "updated_at", c.updated(),
                      "link", c.url()))
          .ids(number -> "c-" + number)
          .visibility("type", "Conversation", "Internal");

  static final Wire WIRE =
      Wire.apiKey("x-api-key")
          .search(
              "/issues/search",
              CONVERSATIONS,
              Pages.cursorWhile("cursor", "pagination/cursor", "pagination/has_next_page")
                  .in("data"),
              Changes.window("filter/values/0", "filter/values/1").atMost(LONGEST))
          .setting("history_from", world -> World.START.minus(LONGEST).toString());

  SupportContract(On on) {
    super(on);
  }

  @Override
  protected Connector connector() {
    return new SupportDesk();
  }

  @Override
  protected Wire wire() {
    return WIRE;
  }
}
