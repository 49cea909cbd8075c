package dev.corpusync.examples.fakes;

class GitHubOnPostgresTest extends GitHubContract {
  GitHubOnPostgresTest() {
    super(On.POSTGRES);
  }
}
