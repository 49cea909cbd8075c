package dev.corpusync.connection;

/** A value that does not fit; says what would, and never the value. */
final class InvalidValue extends Exception {
  private static final long serialVersionUID = 1L;
  private final String problem;

  InvalidValue(String problem) {
    super(problem);
    this.problem = problem;
  }

  String problem() {
    return problem;
  }
}
