package dev.corpusync.examples.fakes;

import dev.corpusync.connector.Connector;
import dev.corpusync.examples.drive.Drive;
import dev.corpusync.testkit.wire.DeltaLinks;
import dev.corpusync.testkit.wire.JsonTree;
import dev.corpusync.testkit.wire.Pages;
import dev.corpusync.testkit.wire.Records;
import dev.corpusync.testkit.wire.Wire;
import java.util.List;

/** Delta links with tombstones, and permissions file by file. */
abstract class DriveContract extends ExampleContract {
  private static final Records FILES =
      Records.of(
              "file",
              f ->
                  JsonTree.object(
                      "id", f.id(),
                      "eTag", "\"" + f.id() + "," + f.change() + "\"",
                      "name", f.title(),
                      "description", f.text(),
                      "file", JsonTree.object("mimeType", "text/plain"),
                      "parentReference", JsonTree.object("driveId", "d1", "id", "root"),
                      "shared",
                          JsonTree.object("scope", f.isRestricted() ? "users" : "organization"),
                      "lastModifiedDateTime", f.updated(),
                      "webUrl", f.url()))
          .ids(number -> "f" + number)
          .restricted()
          .deleted(
              f -> JsonTree.object("id", f.id(), "deleted", JsonTree.object("state", "deleted")))
          .visibility("publication/level", "published", "checkout");

  static final Wire WIRE =
      Wire.bearer()
          .delta(
              "/drive/root/delta",
              FILES,
              new DeltaLinks("value", "@odata.nextLink", "@odata.deltaLink", 410))
          .readers(
              FILES,
              f -> "/drive/items/" + f.id() + "/permissions",
              p ->
                  JsonTree.object(
                      "id",
                      "p" + p.number(),
                      "roles",
                      List.of("read"),
                      "grantedToV2",
                      JsonTree.object("user", JsonTree.object("email", p.email()))),
              Pages.nextUrl("@odata.nextLink").in("value"));

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
