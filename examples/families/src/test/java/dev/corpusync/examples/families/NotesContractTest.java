package dev.corpusync.examples.families;

import dev.corpusync.connector.Connector;
import dev.corpusync.testkit.contract.ConnectorContract;
import dev.corpusync.testkit.report.Report;
import dev.corpusync.testkit.wire.DeltaLinks;
import dev.corpusync.testkit.wire.JsonTree;
import dev.corpusync.testkit.wire.Records;
import dev.corpusync.testkit.wire.Wire;

class NotesContractTest extends ConnectorContract {
  private static final Records NOTES =
      Records.of(
              "note",
              n ->
                  JsonTree.object(
                      "id", n.id(),
                      "subject", n.title(),
                      "body", JsonTree.object("contentType", "text", "content", n.text()),
                      "lastModifiedDateTime", n.updated(),
                      "webLink", n.url()))
          .ids(number -> "AAMk" + number)
          .visibility("sensitivity", "normal", "private")
          .deleted(
              n -> JsonTree.object("id", n.id(), "@removed", JsonTree.object("reason", "deleted")));

  @Override
  protected Connector connector() {
    return new Notes();
  }

  @Override
  protected Wire wire() {
    return Wire.bearer()
        .delta(
            "/v1.0/notes/delta",
            NOTES,
            new DeltaLinks("value", "@odata.nextLink", "@odata.deltaLink", 410));
  }

  @Override
  protected Report.Badge claims() {
    return Report.Badge.CERTIFIED;
  }
}
