package dev.corpusync.examples.fakes;

import dev.corpusync.connector.Connector;
import dev.corpusync.examples.support.SupportDesk;
import dev.corpusync.testkit.wire.Changes;
import dev.corpusync.testkit.wire.Pages;
import dev.corpusync.testkit.wire.Records;
import dev.corpusync.testkit.wire.Tree;
import dev.corpusync.testkit.wire.Wire;
import dev.corpusync.testkit.world.World;
import java.time.Duration;

/** A search by time of change that answers for 30 days at most, and with 400 for more. */
abstract class SupportContract extends ExampleContract {
  private static final Duration LONGEST = Duration.ofDays(30);
  private static final Records CONVERSATIONS =
      Records.of(
              "conversation",
              c ->
                  Tree.object(
                      "id", c.id(),
                      "subject", c.title(),
                      "text", c.text(),
                      "status", "open",
                      "updated_at", c.updated(),
                      "web_url", c.url()))
          .ids(number -> "c-" + number)
          .visibility("visibility", "public", "private");

  static final Wire WIRE =
      Wire.apiKey("x-api-key")
          .list(
              "/conversations/search",
              CONVERSATIONS,
              Pages.cursor("cursor", "meta/next").in("results"),
              Changes.window("updated_from", "updated_to").atMost(LONGEST))
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
