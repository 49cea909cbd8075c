package dev.corpusync.examples.fakes;

class TrackerOnSqliteTest extends TrackerContract {
  TrackerOnSqliteTest() {
    super(On.SQLITE);
  }
}
