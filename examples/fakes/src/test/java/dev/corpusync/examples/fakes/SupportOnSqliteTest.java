package dev.corpusync.examples.fakes;

class SupportOnSqliteTest extends SupportContract {
  SupportOnSqliteTest() {
    super(On.SQLITE);
  }
}
