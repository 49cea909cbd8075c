package dev.corpusync.examples.fakes;

import dev.corpusync.connector.Connector;
import dev.corpusync.examples.helpdesk.Helpdesk;
import dev.corpusync.testkit.wire.Changes;
import dev.corpusync.testkit.wire.JsonTree;
import dev.corpusync.testkit.wire.Pages;
import dev.corpusync.testkit.wire.Records;
import dev.corpusync.testkit.wire.Wire;

/** Tickets with paging by cursor and incremental sync by {@code updated_after}. */
abstract class HelpdeskContract extends ExampleContract {
  private static final Records TICKETS =
      Records.of(
              "ticket",
              t ->
                  JsonTree.object(
                      "id", t.number(),
                      "subject", t.title(),
                      "description", t.text(),
                      "updated_at", t.updated()))
          .visibility("private", false, true);

  static final Wire WIRE =
      Wire.bearer()
          .list(
              "/tickets",
              TICKETS,
              Pages.cursor("cursor", "next_cursor").in("data"),
              Changes.since("updated_after"));

  HelpdeskContract(On on) {
    super(on);
  }

  @Override
  protected Connector connector() {
    return new Helpdesk();
  }

  @Override
  protected Wire wire() {
    return WIRE;
  }
}
