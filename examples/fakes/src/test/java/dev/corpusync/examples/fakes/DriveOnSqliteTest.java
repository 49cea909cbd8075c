package dev.corpusync.examples.fakes;

import dev.corpusync.examples.drive.Drive;

class DriveOnSqliteTest extends ExampleContract {
  DriveOnSqliteTest() {
    super(On.SQLITE, new Drive(), FakeDrive::new, 1, 0);
  }
}
