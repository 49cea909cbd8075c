package dev.corpusync.examples.fakes;

import dev.corpusync.examples.helpdesk.Helpdesk;

class HelpdeskOnSqliteTest extends ExampleContract {
  HelpdeskOnSqliteTest() {
    super(On.SQLITE, new Helpdesk(), FakeHelpdesk::new, 1, 0);
  }
}
