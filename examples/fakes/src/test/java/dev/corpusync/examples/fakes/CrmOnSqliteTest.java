package dev.corpusync.examples.fakes;

class CrmOnSqliteTest extends CrmContract {
  CrmOnSqliteTest() {
    super(On.SQLITE);
  }
}
