package dev.corpusync.connection;

/** A value that does not fit; says what would, and never the value. */
final class Refused extends Exception {
  private static final long serialVersionUID = 1L;
  private final String problem;

  Refused(String problem) {
    super(problem);
    this.problem = problem;
  }

  String problem() {
    return problem;
  }
}
