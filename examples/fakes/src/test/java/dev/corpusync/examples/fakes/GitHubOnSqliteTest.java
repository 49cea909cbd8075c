package dev.corpusync.examples.fakes;

import dev.corpusync.examples.github.GitHub;

class GitHubOnSqliteTest extends ExampleContract {
  GitHubOnSqliteTest() {
    super(On.SQLITE, new GitHub(), FakeGitHub::new, GitHubCost.PER_PAGE, GitHubCost.PER_RUN);
  }
}
