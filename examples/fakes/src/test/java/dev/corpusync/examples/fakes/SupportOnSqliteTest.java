package dev.corpusync.examples.fakes;

import dev.corpusync.examples.support.SupportDesk;

class SupportOnSqliteTest extends ExampleContract {
  SupportOnSqliteTest() {
    super(On.SQLITE, new SupportDesk(), FakeSupportDesk::new, 1, 0);
  }
}
