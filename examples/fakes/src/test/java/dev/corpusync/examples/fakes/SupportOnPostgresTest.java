package dev.corpusync.examples.fakes;

import dev.corpusync.examples.support.SupportDesk;

class SupportOnPostgresTest extends ExampleContract {
  SupportOnPostgresTest() {
    super(On.POSTGRES, new SupportDesk(), FakeSupportDesk::new, 1, 0);
  }
}
