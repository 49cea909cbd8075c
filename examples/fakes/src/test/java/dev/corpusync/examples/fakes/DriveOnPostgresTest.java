package dev.corpusync.examples.fakes;

class DriveOnPostgresTest extends DriveContract {
  DriveOnPostgresTest() {
    super(On.POSTGRES);
  }
}
