package dev.corpusync.examples.fakes;

import dev.corpusync.examples.drive.Drive;

class DriveOnPostgresTest extends ExampleContract {
  DriveOnPostgresTest() {
    super(On.POSTGRES, new Drive(), FakeDrive::new, 1, 0);
  }
}
