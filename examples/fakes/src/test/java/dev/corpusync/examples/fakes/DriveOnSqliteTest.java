package dev.corpusync.examples.fakes;

class DriveOnSqliteTest extends DriveContract {
  DriveOnSqliteTest() {
    super(On.SQLITE);
  }
}
