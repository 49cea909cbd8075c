package dev.corpusync.connection;

/**
 * Thrown for a value that does not fit its setting; its message says what would fit, never the
 * value.
 */
final class InvalidValueException extends Exception {
  private static final long serialVersionUID = 1L;
  private final String problem;

  InvalidValueException(String problem) {
    super(problem);
    this.problem = problem;
  }

  String problem() {
    return problem;
  }
}
