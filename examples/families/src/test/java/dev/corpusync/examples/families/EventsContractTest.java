package dev.corpusync.examples.families;

import dev.corpusync.connector.Connector;
import dev.corpusync.testkit.contract.ConnectorContract;
import dev.corpusync.testkit.report.Report;
import dev.corpusync.testkit.wire.DeltaLinks;
import dev.corpusync.testkit.wire.JsonTree;
import dev.corpusync.testkit.wire.Records;
import dev.corpusync.testkit.wire.Wire;

class EventsContractTest extends ConnectorContract {
  private static final Records EVENTS =
      Records.of(
              "event",
              e ->
                  JsonTree.object(
                      "id", e.id(),
                      "status", "confirmed",
                      "summary", e.title(),
                      "description", e.text(),
                      "updated", e.updated(),
                      "htmlLink", e.url()))
          .ids(number -> "_6tlnaqrle5" + number)
          .visibility("visibility", "default", "private")
          .deleted(e -> JsonTree.object("id", e.id(), "status", "cancelled"));

  @Override
  protected Connector connector() {
    return new Events();
  }

  @Override
  protected Wire wire() {
    return Wire.bearer()
        .delta(
            "/v3/calendars/team/events",
            EVENTS,
            new DeltaLinks("items", "nextPageToken", "nextSyncToken", 410)
                .tokensIn("pageToken", "syncToken"));
  }

  @Override
  protected Report.Badge claims() {
    return Report.Badge.CERTIFIED;
  }
}
