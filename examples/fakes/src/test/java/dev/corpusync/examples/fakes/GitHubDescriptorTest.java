package dev.corpusync.examples.fakes;

import dev.corpusync.examples.github.GitHub;

class GitHubDescriptorTest extends ExampleDescriptor {
  GitHubDescriptorTest() {
    super(new GitHub());
  }
}
