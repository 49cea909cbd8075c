package dev.corpusync.examples.fakes;

import dev.corpusync.examples.tracker.Tracker;

class TrackerDescriptorTest extends ExampleDescriptor {
  TrackerDescriptorTest() {
    super(new Tracker());
  }
}
