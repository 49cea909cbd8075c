package dev.corpusync.examples.families;

import dev.corpusync.connector.Connector;
import dev.corpusync.testkit.contract.ConnectorContract;
import dev.corpusync.testkit.report.Report;
import dev.corpusync.testkit.wire.Changes;
import dev.corpusync.testkit.wire.JsonTree;
import dev.corpusync.testkit.wire.Pages;
import dev.corpusync.testkit.wire.Records;
import dev.corpusync.testkit.wire.Wire;

class HelpCenterContractTest extends ConnectorContract {
  private static final Records ARTICLES =
      Records.of(
              "article",
              a ->
                  JsonTree.object(
                      "id", a.number(),
                      "title", a.title(),
                      "body", a.text(),
                      "author_id", a.author().number(),
                      "updated_at", a.updated()))
          .visibility("draft", false, true);

  @Override
  protected Connector connector() {
    return new HelpCenter();
  }

  @Override
  protected Wire wire() {
    return Wire.bearer()
        .list(
            "/api/v2/help_center/articles",
            ARTICLES,
            Pages.nextUrl("next_page").in("articles"),
            Changes.since("start_time"))
        .beside("users", "author_id", p -> JsonTree.object("id", p.number(), "name", p.name()));
  }

  @Override
  protected Report.Badge claims() {
    return Report.Badge.CERTIFIED;
  }
}
