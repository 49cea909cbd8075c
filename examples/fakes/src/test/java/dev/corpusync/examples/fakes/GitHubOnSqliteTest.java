package dev.corpusync.examples.fakes;

class GitHubOnSqliteTest extends GitHubContract {
  GitHubOnSqliteTest() {
    super(On.SQLITE);
  }
}
