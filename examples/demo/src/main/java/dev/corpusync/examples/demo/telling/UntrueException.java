package dev.corpusync.examples.demo.telling;

/** Something that the demo says is not so. */
public final class UntrueException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UntrueException(String claim) {
    super("this should be so and is not: " + claim);
  }
}
