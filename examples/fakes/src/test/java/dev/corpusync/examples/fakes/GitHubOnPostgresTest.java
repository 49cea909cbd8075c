package dev.corpusync.examples.fakes;

import dev.corpusync.examples.github.GitHub;

class GitHubOnPostgresTest extends ExampleContract {
  GitHubOnPostgresTest() {
    super(On.POSTGRES, new GitHub(), FakeGitHub::new, GitHubCost.PER_PAGE, GitHubCost.PER_RUN);
  }
}
