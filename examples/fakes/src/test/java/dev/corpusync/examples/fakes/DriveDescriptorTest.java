package dev.corpusync.examples.fakes;

import dev.corpusync.examples.drive.Drive;

class DriveDescriptorTest extends ExampleDescriptor {
  DriveDescriptorTest() {
    super(new Drive());
  }
}
