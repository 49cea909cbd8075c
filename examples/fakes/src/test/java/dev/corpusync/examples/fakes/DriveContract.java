package dev.corpusync.examples.fakes;

import dev.corpusync.connector.Connector;
import dev.corpusync.examples.drive.Drive;
import dev.corpusync.testkit.wire.DeltaLinks;
import dev.corpusync.testkit.wire.Records;
import dev.corpusync.testkit.wire.Tree;
import dev.corpusync.testkit.wire.Wire;

/** Everything once, then what changed since a link, with tombstones. */
abstract class DriveContract extends ExampleContract {
  private static final Records FILES =
      Records.of(
              "file",
              f ->
                  Tree.object(
                      "id", f.id(),
                      "version", f.change(),
                      "name", f.title(),
                      "text", f.text(),
                      "type", "text",
                      "web_url", f.url(),
                      "permissions",
                          f.readers().stream().map(p -> Tree.object("email", p.email())).toList()))
          .ids(number -> "f" + number)
          .deleted(f -> Tree.object("id", f.id(), "deleted", Tree.object()))
          .visibility("status", "published", "draft");

  static final Wire WIRE =
      Wire.bearer()
          .delta(
              "/drive/delta",
              FILES,
              new DeltaLinks("value", "@odata.nextLink", "@odata.deltaLink", 410));

  DriveContract(On on) {
    super(on);
  }

  @Override
  protected Connector connector() {
    return new Drive();
  }

  @Override
  protected Wire wire() {
    return WIRE;
  }
}
