package dev.corpusync.examples.fakes;

/** What {@link FakeGitHub} may be asked for anew after a crash, counted out. */
final class GitHubCost {
  /**
   * The page, and the comments of its issues: three in a page, one of them with two pages of
   * comments, another with one, and the third without.
   */
  static final int PER_PAGE = 1 + 2 + 1;

  /**
   * Four repositories, the collaborators of the private one that may be indexed, and one page of
   * changes for each of the two repositories that a run may have done before the one it died in.
   */
  static final int PER_RUN = 4 + 1 + 2;

  private GitHubCost() {}
}
