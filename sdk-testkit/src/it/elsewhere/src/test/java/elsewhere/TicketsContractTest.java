package elsewhere;

import dev.corpusync.connector.Connector;
import dev.corpusync.testkit.contract.ConnectorContract;
import dev.corpusync.testkit.report.Report;
import dev.corpusync.testkit.wire.Changes;
import dev.corpusync.testkit.wire.JsonTree;
import dev.corpusync.testkit.wire.Pages;
import dev.corpusync.testkit.wire.Records;
import dev.corpusync.testkit.wire.Wire;

class TicketsContractTest extends ConnectorContract {
  @Override
  protected Connector connector() {
    return new Tickets();
  }

  @Override
  protected Wire wire() {
    return Wire.bearer()
        .list(
            "/tickets",
            Records.of(
                    "ticket",
                    t ->
                        JsonTree.object(
                            "id", t.number(),
                            "subject", t.title(),
                            "description", t.text(),
                            "updated_at", t.updated()))
                .visibility("private", false, true),
            Pages.cursor("cursor", "next_cursor").in("data"),
            Changes.since("updated_after"));
  }

  @Override
  protected Report.Badge claims() {
    return Report.Badge.CERTIFIED;
  }
}
