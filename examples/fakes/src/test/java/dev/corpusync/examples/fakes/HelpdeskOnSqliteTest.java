package dev.corpusync.examples.fakes;

class HelpdeskOnSqliteTest extends HelpdeskContract {
  HelpdeskOnSqliteTest() {
    super(On.SQLITE);
  }
}
