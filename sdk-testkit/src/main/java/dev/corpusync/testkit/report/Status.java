package dev.corpusync.testkit.report;

/**
 * What became of a check.
 *
 * @since 0.1
 */
public enum Status {
  PASSED("passed"),
  FAILED("failed"),
  /** There is nothing that the rule could be about. */
  NOT_APPLICABLE("not applicable"),
  /** It failed, as someone said that it would, with a reason and for a time. */
  WAIVED("waived"),
  /** Nothing is known, so nothing is proved. */
  NOT_RUN("not run");

  private final String words;

  Status(String words) {
    this.words = words;
  }

  @Override
  public String toString() {
    return words;
  }
}
