package dev.corpusync.examples.fakes;

import dev.corpusync.examples.support.SupportDesk;

class SupportDescriptorTest extends ExampleDescriptor {
  SupportDescriptorTest() {
    super(new SupportDesk());
  }
}
