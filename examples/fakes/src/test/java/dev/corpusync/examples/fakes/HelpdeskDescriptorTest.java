package dev.corpusync.examples.fakes;

import dev.corpusync.examples.helpdesk.Helpdesk;

class HelpdeskDescriptorTest extends ExampleDescriptor {
  HelpdeskDescriptorTest() {
    super(new Helpdesk());
  }
}
