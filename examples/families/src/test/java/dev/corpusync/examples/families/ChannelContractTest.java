package dev.corpusync.examples.families;

import dev.corpusync.connector.Connector;
import dev.corpusync.testkit.contract.ConnectorContract;
import dev.corpusync.testkit.report.Report;
import dev.corpusync.testkit.wire.Changes;
import dev.corpusync.testkit.wire.JsonTree;
import dev.corpusync.testkit.wire.Pages;
import dev.corpusync.testkit.wire.Records;
import dev.corpusync.testkit.wire.Wire;

class ChannelContractTest extends ConnectorContract {
  private static final Pages PAGES =
      Pages.cursorBlankAtEnd("cursor", "response_metadata/next_cursor").in("messages");
  private static final Records THREADS =
      Records.of(
              "thread",
              t ->
                  JsonTree.object(
                      "id", t.id(),
                      "topic", t.title(),
                      "text", t.text(),
                      "latest", t.updated(),
                      "reply_count", t.comments().size(),
                      "permalink", t.url()))
          .ids(number -> "p17" + number)
          .visibility("channel_type", "public_channel", "private_channel")
          .discussed();

  @Override
  protected Connector connector() {
    return new Channel();
  }

  @Override
  protected Wire wire() {
    return Wire.bearer()
        .list("/api/history", THREADS, PAGES, Changes.since("oldest").newestFirst())
        .comments(
            THREADS,
            t -> "/api/replies?thread=" + t.id(),
            c -> JsonTree.object("id", c.number(), "text", c.text()),
            PAGES);
  }

  @Override
  protected Report.Badge claims() {
    return Report.Badge.CERTIFIED;
  }
}
