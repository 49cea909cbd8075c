package dev.corpusync.examples.fakes;

import dev.corpusync.examples.crm.Crm;

class CrmDescriptorTest extends ExampleDescriptor {
  CrmDescriptorTest() {
    super(new Crm());
  }
}
