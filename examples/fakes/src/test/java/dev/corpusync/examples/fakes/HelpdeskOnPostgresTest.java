package dev.corpusync.examples.fakes;

import dev.corpusync.examples.helpdesk.Helpdesk;

class HelpdeskOnPostgresTest extends ExampleContract {
  HelpdeskOnPostgresTest() {
    super(On.POSTGRES, new Helpdesk(), FakeHelpdesk::new, 1, 0);
  }
}
