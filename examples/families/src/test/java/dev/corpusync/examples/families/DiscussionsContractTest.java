package dev.corpusync.examples.families;

import dev.corpusync.connector.Connector;
import dev.corpusync.testkit.contract.ConnectorContract;
import dev.corpusync.testkit.report.Report;
import dev.corpusync.testkit.wire.JsonTree;
import dev.corpusync.testkit.wire.Pages;
import dev.corpusync.testkit.wire.Records;
import dev.corpusync.testkit.wire.Wire;

class DiscussionsContractTest extends ConnectorContract {
  private static final Records DISCUSSIONS =
      Records.of(
              "discussion",
              d ->
                  JsonTree.object(
                      "id", d.id(),
                      "title", d.title(),
                      "bodyText", d.text(),
                      "updatedAt", d.updated(),
                      "url", d.url()))
          .ids(number -> "D_" + number)
          .visibility("state", "PUBLISHED", "HIDDEN");

  @Override
  protected Connector connector() {
    return new Discussions();
  }

  @Override
  protected Wire wire() {
    return Wire.bearer()
        .graphql("/graphql")
        .list(
            "/graphql/Discussions",
            DISCUSSIONS,
            Pages.relay("after", "data/discussions/pageInfo").in("data/discussions/nodes"));
  }

  @Override
  protected Report.Badge claims() {
    return Report.Badge.CERTIFIED;
  }
}
